# gps_library(NAME SOURCES … [PUBLIC …] [PRIVATE …]): a static library of ours; includes are written from the repository root.
function(gps_library name)
  cmake_parse_arguments(A "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(NOT A_SOURCES)
    # A room without a source yet still configures.
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp" "")
    set(A_SOURCES "${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp")
  endif()
  add_library(${name} STATIC ${A_SOURCES})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC ${A_PUBLIC} PRIVATE gps_config ${A_PRIVATE})
endfunction()

# gps_qt_library(NAME …): the same with moc and the strict Qt definitions of CONTRIBUTING.md.
function(gps_qt_library name)
  gps_library(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400)
endfunction()

# gps_test(NAME SOURCES … LINK … [LABELS …] [TIMEOUT s] [QT]): one program tst_<unit>, one ctest entry.
# Every test runs off screen, in the C locale, at scale 1, with a home of its own.
function(gps_test name)
  cmake_parse_arguments(A "QT" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE gps_config ${A_LINK})
  if(A_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE Qt6::Test Qt6::Widgets)
    target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
    # What they measure lies in the libraries; their own long functions cost a third less to compile.
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  else()
    target_link_libraries(${name} PRIVATE GTest::gtest GTest::gtest_main)
  endif()
  if(NOT A_LABELS)
    set(A_LABELS unit)
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set(home "${CMAKE_BINARY_DIR}/test-home/${name}")
  file(MAKE_DIRECTORY "${home}")
  set_tests_properties(${name} PROPERTIES LABELS "${A_LABELS}" TIMEOUT ${A_TIMEOUT} ENVIRONMENT
    "QT_QPA_PLATFORM=offscreen;QT_SCALE_FACTOR=1;LC_ALL=C.UTF-8;HOME=${home};XDG_CONFIG_HOME=${home}/.config;XDG_CACHE_HOME=${home}/.cache;OMP_WAIT_POLICY=passive"
    ENVIRONMENT_MODIFICATION
    "GPS_SOURCE_DIR=set:${PROJECT_SOURCE_DIR};GPS_BIN_DIR=set:${CMAKE_BINARY_DIR}/bin;GPS_DEPS=set:${GPS_DEPS};GPS_PYTHON=set:${GPS_DEPS}/venv/bin/python")
endfunction()
