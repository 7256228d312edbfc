# The four OpenCV modules that core/io uses, found by header and library: Debian keeps OpenCVConfig.cmake in libopencv-dev, which
# brings a gigabyte of other modules with it. Targets opencv_core, opencv_imgproc, opencv_imgcodecs, opencv_videoio; OpenCV_ROOT says where else.
find_path(OpenCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
mark_as_advanced(OpenCV_INCLUDE_DIR)
if(OpenCV_INCLUDE_DIR)
  file(STRINGS "${OpenCV_INCLUDE_DIR}/opencv2/core/version.hpp" version_lines
    REGEX "define CV_VERSION_(MAJOR|MINOR|REVISION) +[0-9]")
  string(REGEX MATCHALL "[0-9]+" version_numbers "${version_lines}")
  list(JOIN version_numbers "." OpenCV_VERSION)
endif()

foreach(module core imgproc imgcodecs videoio)
  find_library(OpenCV_${module}_LIBRARY opencv_${module})
  mark_as_advanced(OpenCV_${module}_LIBRARY)
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV
  REQUIRED_VARS OpenCV_core_LIBRARY OpenCV_imgproc_LIBRARY OpenCV_imgcodecs_LIBRARY OpenCV_videoio_LIBRARY OpenCV_INCLUDE_DIR
  VERSION_VAR OpenCV_VERSION)

if(OpenCV_FOUND)
  set(OpenCV_LIBS opencv_core opencv_imgproc opencv_imgcodecs opencv_videoio)
  foreach(module core imgproc imgcodecs videoio)
    if(NOT TARGET opencv_${module})
      add_library(opencv_${module} SHARED IMPORTED)
      set_target_properties(opencv_${module} PROPERTIES
        IMPORTED_LOCATION "${OpenCV_${module}_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${OpenCV_INCLUDE_DIR}")
    endif()
  endforeach()
  set_property(TARGET opencv_imgproc opencv_imgcodecs opencv_videoio APPEND PROPERTY INTERFACE_LINK_LIBRARIES opencv_core)
endif()
