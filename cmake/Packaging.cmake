# `cmake --install` and CPack. LibTorch and CUDA are gigabytes and are not packed: an installed program looks for them in
# lib/torch beside its bin folder (make that a link to the lib folder of a torch 2.11.0 wheel) and where it was built.
include(GNUInstallDirs)
foreach(program gps gps-workbench)
  if(TARGET ${program})
    set_target_properties(${program} PROPERTIES
      INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}/torch;${GPS_TORCH_ROOT}/lib;${GPS_DEPS}/cuda/lib")
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()
if(TARGET gps-workbench)
  install(FILES "${PROJECT_SOURCE_DIR}/resources/desktop/gps-workbench.desktop" DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES "${PROJECT_SOURCE_DIR}/resources/desktop/gps-workbench.metainfo.xml" DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES "${PROJECT_SOURCE_DIR}/resources/icons/gps-workbench.svg" DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/README.md" DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR TXZ)
set(CPACK_PACKAGE_NAME gps-workbench)
set(CPACK_PACKAGE_VENDOR "GPS workbench contributors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
include(CPack)
