# What Debian's policy asks of packages and an installation by hand does without: run by cpack over the files to pack.
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH, where that is set
foreach(row program=ziping library=libziping1 development=libziping-dev)
  string(REGEX MATCH "(.*)=(.*)" row ${row})
  set(root ${CPACK_TEMPORARY_DIRECTORY}/${CMAKE_MATCH_1})
  set(package ${CMAKE_MATCH_2})
  set(doc ${root}/usr/share/doc/${package})
  file(REMOVE ${doc}/LICENSE) # Debian has the text of the GPL: copyright says where
  configure_file(${ZP_COPYRIGHT} ${doc}/copyright COPYONLY)
  configure_file(${ZP_CHANGELOG} ${doc}/changelog COPYONLY)
  file(WRITE ${doc}/changelog.Debian
"ziping (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Version ${CPACK_PACKAGE_VERSION}: what is new is in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${now}
")
  file(GLOB papers ${root}/usr/share/man/man*/* ${root}/usr/share/man/zh_CN/man*/*)
  execute_process(COMMAND gzip -9n ${doc}/changelog ${doc}/changelog.Debian ${papers} COMMAND_ERROR_IS_FATAL ANY)
  # The system's linker finds the library where packages put it.
  file(GLOB programs ${root}/usr/bin/* ${root}/usr/lib/ziping/ziping-worker)
  foreach(program ${programs})
    file(RPATH_REMOVE FILE ${program})
  endforeach()
endforeach()
