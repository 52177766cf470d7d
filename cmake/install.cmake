# The manual page and the completion of bash are printed by the program itself, from its tables of commands and options.
set(manual ${PROJECT_BINARY_DIR}/generated/fabplan.1)
set(completion ${PROJECT_BINARY_DIR}/generated/fabplan.bash)
add_custom_command(OUTPUT ${manual} ${completion}
  COMMAND fabplan_cli help --man > ${manual}
  COMMAND fabplan_cli help --completion bash > ${completion}
  DEPENDS fabplan_cli VERBATIM)
add_custom_target(fabplan_help ALL DEPENDS ${manual} ${completion})

install(TARGETS fabplan_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fabplan ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/fabplan DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/generated/fabplan/version.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/fabplan)
install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME fabplan)
