#pragma once
// GPS_VECTOR_CLONES before a function: compiled for plain x86-64, AVX2 and AVX-512, and the best that the processor has runs. Only where
// results do not depend on it: integers, or floating point without contraction.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define GPS_VECTOR_CLONES [[gnu::target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")]]
#else
#define GPS_VECTOR_CLONES
#endif
