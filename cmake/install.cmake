# The manual page and the completion of bash are printed by the program itself, from its tables of commands and options.
set(manual ${PROJECT_BINARY_DIR}/generated/fabplan.1)
set(completion ${PROJECT_BINARY_DIR}/generated/fabplan.bash)
add_custom_command(OUTPUT ${manual} ${completion}
  COMMAND fabplan_cli help --man > ${manual}
  COMMAND fabplan_cli help --completion bash > ${completion}
  DEPENDS fabplan_cli VERBATIM)
add_custom_target(fabplan_help ALL DEPENDS ${manual} ${completion})

install(TARGETS fabplan_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fabplan EXPORT fabplan LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/fabplan DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/generated/fabplan/version.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/fabplan)
install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME fabplan)

# How programs find the library: find_package(fabplan) with the target fabplan::fabplan, and pkg-config. Both go by where they lie, so that
# an installed tree can be moved.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/fabplan)
configure_package_config_file(cmake/fabplan-config.cmake.in generated/fabplan-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(generated/fabplan-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT fabplan NAMESPACE fabplan:: FILE fabplan-targets.cmake DESTINATION ${package_folder})
install(FILES ${PROJECT_BINARY_DIR}/generated/fabplan-config.cmake ${PROJECT_BINARY_DIR}/generated/fabplan-config-version.cmake
        DESTINATION ${package_folder})
file(RELATIVE_PATH to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/fabplan.pc.in generated/fabplan.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/generated/fabplan.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
