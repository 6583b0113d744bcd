/*
 * package.h - the parts of an Office package and how they refer to each other.
 *
 * A package (ECMA-376 part 2) is a zip whose entries are parts; `_rels/….rels` says which part
 * leads to which, so no name of a part is ever assumed.  Names are keys here and never paths.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpPackage ZpPackage;

/**
 * zp_package_prepare: have the C library open its table of UTF-8 characters.
 *
 * To be called before the process is shut off from files; else parts whose names have other than
 * ASCII characters are not found.
 */
void zp_package_prepare(void);

/**
 * zp_package_open: look at the entries of a zip and read its relationships.
 * @kind_zh, @kind_en: how messages call the file
 * @error: ZP_ERROR_DAMAGED, ZP_ERROR_ENCRYPTED, or ZP_ERROR_LIMIT naming the limit
 */
ZpPackage *zp_package_open(GBytes *input, const char *kind_zh, const char *kind_en, GError **error);

/**
 * zp_package_open_written: the same for a package without relationships, whose parts name each other (OFD).
 *
 * Names are then as they are written (zp_package_path), and one that differs in case or escapes is taken only
 * where none is so written.  Parts that are XML are unpacked at once, up to ZP_LIMIT_OFD_EARLY_BYTES.
 */
ZpPackage *zp_package_open_written(GBytes *input, const char *kind_zh, const char *kind_en,
                                   GError **error);
void zp_package_free(ZpPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPackage, zp_package_free)

/**
 * zp_package_related: the part that a relationship of @source leads to.
 * @source: a part's name, "" for the package itself
 * @type: the last word of the relationship's type: "officeDocument", "styles"
 *
 * Returns: (nullable) (transfer none) NULL when there is none, or it leads out of the package.
 */
const char *zp_package_related(const ZpPackage *package, const char *source, const char *type);

/**
 * zp_package_next_related: the same, one after the other, where there may be several.
 * @next: (inout) 0 to begin with
 */
const char *zp_package_next_related(const ZpPackage *package, const char *source, const char *type,
                                    guint *next);

/**
 * zp_package_target: the part that the relationship @id of @source leads to, as above.
 * @type: (out) (nullable) the last word of its type
 */
const char *zp_package_target(const ZpPackage *package, const char *source, const char *id,
                              gsize length, const char **type);

/**
 * zp_package_load: unpack parts in one go over the zip; in none where they are unpacked already.
 * @names: of parts; those that the package lacks are left out
 * @error: as zp_package_open
 */
bool zp_package_load(ZpPackage *package, GPtrArray *names, GError **error);

/**
 * zp_package_name: the name of a part: no leading slash, `/` only, lower case, `.` and `..` followed, and no
 * `%20`: what leads to a part escapes characters or not, and zips do as they like.
 * @folder: that a path begins from when it does not begin at the root; "" for the root
 */
char *zp_package_name(const char *folder, const char *path);

/**
 * zp_package_path: the same as it is written: neither in lower case nor with escaped characters.
 */
char *zp_package_path(const char *folder, const char *path);

/**
 * zp_package_find: the name that the zip has for a part, or @name itself.
 *
 * Returns: (transfer none) valid as long as both.
 */
const char *zp_package_find(const ZpPackage *package, const char *name);

/**
 * zp_package_twins: parts that were loaded as they are written, although others differ from them in case only.
 *
 * Returns: (transfer none) (element-type utf8)
 */
const GPtrArray *zp_package_twins(const ZpPackage *package);

/** zp_package_has: whether there is a part of that name. */
bool zp_package_has(const ZpPackage *package, const char *name);

/**
 * zp_package_part: the bytes of a part that was loaded.
 *
 * Returns: (nullable) (transfer none) NULL when the package lacks it.
 */
GBytes *zp_package_part(const ZpPackage *package, const char *name);

/** zp_package_require: zp_package_part, and ZP_ERROR_DAMAGED naming the part when it is missing. */
GBytes *zp_package_require(const ZpPackage *package, const char *name, GError **error);
