# What Debian's policy asks of a package and an installation by hand does without: run by cpack over the files to pack.
set(doc ${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/ziping)
file(REMOVE ${doc}/LICENSE) # Debian has the text of the GPL: copyright says where
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH, where that is set
configure_file(${ZP_CHANGELOG} ${doc}/changelog COPYONLY)
file(WRITE ${doc}/changelog.Debian
"ziping (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Version ${CPACK_PACKAGE_VERSION}: what is new is in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${now}
")
execute_process(COMMAND gzip -9n ${doc}/changelog ${doc}/changelog.Debian ${CPACK_TEMPORARY_DIRECTORY}/usr/share/man/man1/ziping.1
                COMMAND_ERROR_IS_FATAL ANY)
