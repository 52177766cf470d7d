# fabplan_layer(ROOM [USES room...] [LIBRARIES library...] [EMBED glob...] [MADE file...])
# An object library, fabplan_ROOM with _ for /, of src/ROOM/*.c: a folder inside it is a room of its own. EMBED makes byte arrays of files (and of those that the build has MADE):
# generated/ROOM_files.c with fab_ROOM_files (see embed.cmake).
function(fabplan_layer room)
  cmake_parse_arguments(arg "" "" "USES;LIBRARIES;EMBED;MADE" ${ARGN})
  string(REPLACE "/" "_" name ${room})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.c)
  if(arg_EMBED)
    list(TRANSFORM arg_EMBED PREPEND ${PROJECT_SOURCE_DIR}/)
    file(GLOB embedded CONFIGURE_DEPENDS ${arg_EMBED})
    list(APPEND embedded ${arg_MADE})
    set(generated ${PROJECT_BINARY_DIR}/generated/${name}_files.c)
    string(REPLACE ";" "|" embedded_list "${embedded}")
    add_custom_command(OUTPUT ${generated}
      COMMAND ${CMAKE_COMMAND} -DOUTPUT=${generated} -DSYMBOL=fab_${name}_files "-DFILES=${embedded_list}"
              -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
      DEPENDS ${embedded} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
    list(APPEND sources ${generated})
  endif()
  add_library(fabplan_${name} OBJECT ${sources})
  set_target_properties(fabplan_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(fabplan_${name} PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/generated)
  foreach(seen ${room} ${arg_USES})
    target_include_directories(fabplan_${name} PRIVATE ${PROJECT_SOURCE_DIR}/src/${seen})
  endforeach()
  target_link_libraries(fabplan_${name} PRIVATE fabplan_flags ${arg_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY fabplan_layers ${name})
  set_property(GLOBAL APPEND PROPERTY fabplan_folders ${PROJECT_SOURCE_DIR}/src/${room})
  set_property(GLOBAL PROPERTY fabplan_${name}_libraries "${arg_LIBRARIES}")
endfunction()

# fabplan_library(NAME): the shared library NAME of all layers, which exports what the public headers mark (FAB_API), and the static library
# NAME_private of the same objects for tests that look inside, which is not installed.
function(fabplan_library name)
  get_property(layers GLOBAL PROPERTY fabplan_layers)
  add_library(${name} SHARED)
  add_library(${name}_private STATIC)
  foreach(layer ${layers})
    get_property(libraries GLOBAL PROPERTY fabplan_${layer}_libraries)
    target_sources(${name} PRIVATE $<TARGET_OBJECTS:fabplan_${layer}>)
    target_link_libraries(${name} PRIVATE ${libraries})
    target_sources(${name}_private PRIVATE $<TARGET_OBJECTS:fabplan_${layer}>)
    target_link_libraries(${name}_private PUBLIC ${libraries})
  endforeach()
  target_link_libraries(${name} PRIVATE $<BUILD_INTERFACE:fabplan_flags>)
  # its own calls do not go through the table that another library may change
  target_link_options(${name} PRIVATE -Wl,-Bsymbolic-functions -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/fabplan.map)
  # before 1.0 a minor version may change the interface
  set_target_properties(${name} PROPERTIES LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/fabplan.map
                        VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  target_include_directories(${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>
                             $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_include_directories(${name}_private PUBLIC ${PROJECT_SOURCE_DIR}/include)
endfunction()

# fabplan_test_program(NAME source...): a program of the tests. It sees the private headers of every layer.
function(fabplan_test_program name)
  get_property(folders GLOBAL PROPERTY fabplan_folders)
  add_executable(${name} ${ARGN})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/generated ${folders})
  target_compile_definitions(${name} PRIVATE FAB_SOURCE_FOLDER="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE fabplan_private fabplan_flags)
endfunction()
