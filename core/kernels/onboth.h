#pragma once
// GPS_ON_BOTH before a function: compiled for the host and for the device.
#ifdef __CUDACC__
#define GPS_ON_BOTH __host__ __device__
#else
#define GPS_ON_BOTH
#endif
