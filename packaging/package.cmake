# The Debian package.  Whoever gives it to others says who they are: -DZP_CONTACT="Name <address>".
set(ZP_CONTACT "the ziping authors <ziping@example.org>" CACHE STRING "Who packs: the Maintainer of the .deb")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ziping)
set(CPACK_PACKAGE_CONTACT "${ZP_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "checks self-evaluation forms of project spending")
set(CPACK_PACKAGE_DESCRIPTION
"Reads China's self-evaluation forms of project spending
(项目支出绩效自评表) out of web pages, PDF, OFD, Markdown, text,
Word and Excel files, turns them into exact data, scores them again
and says where a form contradicts itself.
.
Findings come as text, JSON, CSV, SARIF, JUnit, workbooks and web
pages, forms as JSON, CSV or an SQLite file; marked and corrected
copies can be written, too.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "poppler-data") # what `ziping doctor` asks for and no library names
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libreoffice-writer, libreoffice-calc") # for --office
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/finish.cmake)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_BINARY_DIR}/packaging.cmake)
file(CONFIGURE OUTPUT packaging.cmake CONTENT "set(ZP_CHANGELOG ${CMAKE_SOURCE_DIR}/CHANGELOG.md)\n")
include(CPack)
