# gps_torch: LibTorch out of the torch wheel, as SYSTEM headers and its libraries. The wheel's own find_package(Torch)
# is not used: it asks for a full CUDA toolkit, appends to the global CUDA flags and adds definitions of c10d to all users.
set(GPS_TORCH_VERSION 2.11.0)
set(version_header "${GPS_TORCH_ROOT}/include/torch/headeronly/version.h")
if(NOT EXISTS "${version_header}")
  message(FATAL_ERROR "No LibTorch in ${GPS_TORCH_ROOT}. Run scripts/setup.sh, or point GPS_DEPS (its output) or "
    "GPS_TORCH_ROOT (the torch folder of a Python with torch ${GPS_TORCH_VERSION}) at one.")
endif()
file(STRINGS "${version_header}" version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
string(REGEX MATCHALL "[0-9]+" version_numbers "${version_lines}")
list(JOIN version_numbers "." torch_version)
if(NOT torch_version VERSION_EQUAL GPS_TORCH_VERSION)
  message(FATAL_ERROR "LibTorch in ${GPS_TORCH_ROOT} is ${torch_version}, this program is written for ${GPS_TORCH_VERSION}. "
    "Run scripts/setup.sh or point GPS_TORCH_ROOT elsewhere.")
endif()

add_library(gps_torch INTERFACE)
target_include_directories(gps_torch SYSTEM INTERFACE
  "${GPS_TORCH_ROOT}/include" "${GPS_TORCH_ROOT}/include/torch/csrc/api/include")
foreach(name c10 torch_cpu c10_cuda)
  if(NOT EXISTS "${GPS_TORCH_ROOT}/lib/lib${name}.so")
    continue()  # a wheel without CUDA
  endif()
  add_library(gps_torch_${name} SHARED IMPORTED)
  set_target_properties(gps_torch_${name} PROPERTIES IMPORTED_LOCATION "${GPS_TORCH_ROOT}/lib/lib${name}.so")
  target_link_libraries(gps_torch INTERFACE gps_torch_${name})
endforeach()
if(EXISTS "${GPS_TORCH_ROOT}/lib/libtorch_cuda.so")
  # Nothing of ours names a symbol of libtorch_cuda: it registers itself when loaded, so it is linked in any case.
  target_link_libraries(gps_torch INTERFACE
    "-Wl,--push-state,--no-as-needed,${GPS_TORCH_ROOT}/lib/libtorch_cuda.so,--pop-state")
endif()

# CUDA::cudart: the CUDA runtime that torch itself loads, so that a process holds one runtime only. Its headers come with the
# compiler. The wheels have no unversioned libcudart.so, so FindCUDAToolkit cannot find it.
if(GPS_WITH_CUDA)
  find_library(GPS_CUDART NAMES libcudart.so.13
    PATHS "${GPS_TORCH_ROOT}/../nvidia/cu13/lib" "${CMAKE_CUDA_COMPILER_LIBRARY_ROOT}/lib" "${CMAKE_CUDA_COMPILER_LIBRARY_ROOT}/lib64"
    NO_DEFAULT_PATH REQUIRED)
  add_library(CUDA::cudart SHARED IMPORTED)
  set_target_properties(CUDA::cudart PROPERTIES IMPORTED_LOCATION "${GPS_CUDART}"
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${CMAKE_CUDA_TOOLKIT_INCLUDE_DIRECTORIES}"
    INTERFACE_INCLUDE_DIRECTORIES "${CMAKE_CUDA_TOOLKIT_INCLUDE_DIRECTORIES}")
  target_link_libraries(gps_torch INTERFACE CUDA::cudart)
endif()
