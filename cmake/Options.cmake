# gps_config: language standard, warnings and sanitizers for our own code. Linked PRIVATE by every target of ours.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(gps_config INTERFACE)
target_compile_features(gps_config INTERFACE cxx_std_20)
target_compile_options(gps_config INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<BOOL:${GPS_WERROR}>>:-Werror>
  $<$<AND:$<COMPILE_LANGUAGE:CUDA>,$<BOOL:${GPS_WERROR}>>:-Werror=all-warnings>
  # ccache looks into a precompiled header only when the preprocessor names it.
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-fpch-preprocess>)
target_compile_definitions(gps_config INTERFACE
  $<$<BOOL:${GPS_WITH_CUDA}>:GPS_WITH_CUDA> $<$<BOOL:${GPS_WITH_OPENCV}>:GPS_WITH_OPENCV>)
# GCC 12 sees an overlap in "literal" + std::string where there is none (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(gps_config INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
if(GPS_FUZZ)
  target_compile_options(gps_config INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link>)
endif()
if(GPS_SANITIZE)
  # With the sanitizers' checks in between, GCC's value ranges get lost and its bounds warnings are false; the sanitizers see more.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(gps_config INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-stringop-overflow -Wno-array-bounds>)
  endif()
  target_compile_options(gps_config INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${GPS_SANITIZE} -fno-omit-frame-pointer>)
  target_link_options(gps_config INTERFACE -fsanitize=${GPS_SANITIZE})
endif()
