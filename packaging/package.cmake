# The Debian packages: ziping, libziping1, libziping-dev.  Whoever gives them to others says who they are: -DZP_CONTACT="Name <address>".
set(ZP_CONTACT "the ziping authors <ziping@example.org>" CACHE STRING "Who packs: the Maintainer of the packages")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ziping)
set(CPACK_PACKAGE_CONTACT "${ZP_CONTACT}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON) # with the version
set(CPACK_DEBIAN_PACKAGE_RELEASE 2)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME ziping)
set(CPACK_COMPONENT_PROGRAM_DEPENDS library)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "libreoffice-writer, libreoffice-calc") # for --office
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
"checks self-evaluation forms of project spending
Reads China's self-evaluation forms of project spending
(项目支出绩效自评表) out of web pages, PDF, OFD, Markdown, text,
Word and Excel files, turns them into exact data, scores them again
and says where a form contradicts itself.
.
Findings come as text, JSON, CSV, SARIF, JUnit, workbooks and web
pages, forms as JSON, CSV or an SQLite file; marked and corrected
copies can be written, too.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libziping1)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS poppler-data) # what `ziping doctor` asks for and no library names
set(CPACK_DEBIAN_LIBRARY_PACKAGE_BREAKS "ziping (<< ${PROJECT_VERSION}-2)") # it had the modules
set(CPACK_DEBIAN_LIBRARY_PACKAGE_REPLACES "ziping (<< ${PROJECT_VERSION}-2)")
# What cpack would write of these itself is of before Debian 9.
file(CONFIGURE OUTPUT debian/shlibs CONTENT "libziping 1 libziping1 (>= ${PROJECT_VERSION})\n")
file(CONFIGURE OUTPUT debian/triggers CONTENT "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/debian/shlibs ${CMAKE_BINARY_DIR}/debian/triggers)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
"library that reads and checks forms of project spending
What the program ziping does, for other programs: documents go in,
the forms in them and what is wrong with those come out as JSON.
.
Documents may be read by worker programs that shut themselves in.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libziping-dev)
set(CPACK_COMPONENT_DEVELOPMENT_DEPENDS library)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "pkg-config")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"library that reads and checks forms of project spending (development)
What it takes to build programs with libziping: the header, the
manual pages of its functions, files for pkg-config and CMake, and
examples in C and Python.")

set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/finish.cmake)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_BINARY_DIR}/packaging.cmake)
file(CONFIGURE OUTPUT packaging.cmake CONTENT "set(ZP_CHANGELOG ${CMAKE_SOURCE_DIR}/CHANGELOG.md)\nset(ZP_COPYRIGHT ${CMAKE_SOURCE_DIR}/packaging/copyright)\n")
include(CPack)
