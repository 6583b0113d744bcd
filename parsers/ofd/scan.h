/*
 * scan.h - a page that is one picture, read from it.
 */
#pragma once

#include "model/grid.h"
#include "parsers/ofd/draw.h"
#include "parsers/ooxml/package.h"

/**
 * ofd_scan_read: where that is wanted and can be; else the page stays lost.
 * @has_loss: the document's last loss says that the page is a picture
 */
bool ofd_scan_read(ZpPackage *package, const OfdDraw *draw, ZpDocument *document, guint number,
                   bool has_loss, GError **error);
