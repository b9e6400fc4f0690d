# cmake --install: headers, the static library, find_package(denoise) and pkg-config's denoise.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(DENOISE_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/denoise)
install(TARGETS denoise EXPORT denoise-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/denoise DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT denoise-targets NAMESPACE denoise:: DESTINATION ${DENOISE_CMAKE_DIR})
configure_package_config_file(cmake/denoise-config.cmake.in ${PROJECT_BINARY_DIR}/denoise-config.cmake
                              INSTALL_DESTINATION ${DENOISE_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/denoise-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/denoise-config.cmake ${PROJECT_BINARY_DIR}/denoise-config-version.cmake
        DESTINATION ${DENOISE_CMAKE_DIR})
# Relative, so that the installed tree can be moved.
file(RELATIVE_PATH DENOISE_PC_TO_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/denoise.pc.in ${PROJECT_BINARY_DIR}/denoise.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/denoise.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
