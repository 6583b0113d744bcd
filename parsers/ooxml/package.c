/*
 * package.c - a zip read with libarchive: once for names and relationships, once for parts.
 *
 *     _rels/.rels                    ""                → word/document.xml    (officeDocument)
 *     word/_rels/document.xml.rels   word/document.xml → word/styles.xml      (styles)
 *
 * Only parts that something asks for are unpacked.  Names are compared in lower case, with `\` for
 * `/` as some writers put it, and are never used as paths.  A relationship may lead anywhere, also
 * back to where it came from: nobody follows them further than one step.
 *
 * An OFD package has no relationships: its parts name each other, in up to four steps.  A go over the zip for
 * each step costs more than unpacking what is XML at once, so that is done, as far as it is little.  There, case
 * counts, so a name as it is written comes before one that differs in case.
 *
 * Source: ECMA-376 part 2 (Open Packaging Conventions); GB/T 33190-2016, 7.1.
 */
#include "parsers/ooxml/package.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/package_private.h"
#include "parsers/ooxml/xml.h"
#include "parsers/shared/decode.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>

/* Bytes unpacked at a time. */
#define CHUNK (64u * 1024)
/* Memory taken for a part on the zip's word alone. */
#define FIRST_ROOM (1024 * 1024)

typedef struct {
    char *source, *id; /* the part it stands beside; its id */
    char *type;        /* the last word of its type */
    char *target;      /* a part's name */
} Relation;

/* Names of a written package that are one in lower case. */
typedef struct {
    const char *first; /* owned by `names` */
    guint n;
} Fold;

struct ZpPackage {
    GBytes *input;
    const char *kind_zh, *kind_en;
    GHashTable *parts;    /* name → GBytes */
    GHashTable *names;    /* entries by the part's name → how many there are */
    GPtrArray *relations; /* of Relation, in their order */
    guint64 unpacked;     /* bytes so far */
    GHashTable *folds;    /* (nullable) zp_package_name → Fold, where `names` are as written */
    GPtrArray *twins;     /* of char*: zp_package_twins */
    gsize early;          /* bytes that may still be unpacked before anything asks for them */
};

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_read_free)

static void relation_free(gpointer data)
{
    Relation *relation = data;
    g_free(relation->source);
    g_free(relation->id);
    g_free(relation->type);
    g_free(relation->target);
    g_free(relation);
}

void zp_package_free(ZpPackage *package)
{
    if (!package)
        return;
    g_bytes_unref(package->input);
    g_hash_table_unref(package->parts);
    g_hash_table_unref(package->names);
    g_ptr_array_unref(package->relations);
    g_clear_pointer(&package->folds, g_hash_table_unref);
    g_ptr_array_unref(package->twins);
    g_free(package);
}

static void set_damaged(const ZpPackage *package, GError **error)
{
    zp_error_set(error, ZP_ERROR_DAMAGED,
                 "这份%s%.0s已损坏，压缩包读不完整；请重新下载，或用原来的软件打开后另存",
                 "this is %.0s%s, but it is damaged: its zip cannot be read to the end; get it "
                 "again, or open and save it anew",
                 package->kind_zh, package->kind_en);
}

static bool check_growth(const ZpPackage *package, gsize part, GError **error)
{
    gsize packed = g_bytes_get_size(package->input);
    if (part > ZP_LIMIT_PART_BYTES)
        zp_error_set(
            error, ZP_ERROR_LIMIT, "压缩包里有一个部件超过 ZP_LIMIT_PART_BYTES（%u 字节）的上限",
            "a part of the package is over ZP_LIMIT_PART_BYTES (%u bytes)", ZP_LIMIT_PART_BYTES);
    else if (package->unpacked > ZP_LIMIT_PACKAGE_BYTES)
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "压缩包解开后超过 ZP_LIMIT_PACKAGE_BYTES（%u 字节）的上限",
                     "the package is over ZP_LIMIT_PACKAGE_BYTES (%u bytes) when unpacked",
                     ZP_LIMIT_PACKAGE_BYTES);
    else if (package->unpacked > ZP_LIMIT_PACKAGE_RATIO_FLOOR &&
             package->unpacked / ZP_LIMIT_PACKAGE_RATIO > packed)
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "压缩包解开后大了 %u 倍以上（ZP_LIMIT_PACKAGE_RATIO）；像是“压缩炸弹”",
                     "the package grows more than %u times when unpacked "
                     "(ZP_LIMIT_PACKAGE_RATIO), as a zip bomb does",
                     ZP_LIMIT_PACKAGE_RATIO);
    else
        return true;
    return false;
}

/* Memory to begin with: what the zip says of the entry, and a byte more to see its end with. */
static gsize first_room(struct archive_entry *entry)
{
    la_int64_t size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : CHUNK;
    return (gsize)CLAMP(size, 0, FIRST_ROOM) + 1;
}

GBytes *package_unpack(ZpPackage *package, Archive *archive, struct archive_entry *entry,
                       GError **error)
{
    gsize room = first_room(entry), length = 0;
    g_autofree guint8 *bytes = g_malloc(room);
    for (;;) {
        if (length == room) {
            room *= 2;
            bytes = g_realloc(bytes, room);
        }
        la_ssize_t n = archive_read_data(archive, bytes + length, MIN(room - length, CHUNK));
        if (n < 0) {
            set_damaged(package, error);
            return NULL;
        }
        if (n == 0)
            break;
        length += (gsize)n;
        package->unpacked += (guint64)n;
        if (!check_growth(package, length, error))
            return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&bytes), length);
}

static char *name_of_path(const ZpPackage *package, const char *path)
{
    return package->folds ? zp_package_path("", path) : zp_package_name("", path);
}

/* A name as the zip says it; Windows programs write GBK without saying so. */
static char *entry_name(const ZpPackage *package, struct archive_entry *entry)
{
    const char *path = archive_entry_pathname_utf8(entry);
    if (path)
        return name_of_path(package, path);
    path = archive_entry_pathname(entry);
    if (!path)
        return NULL;
    ZpDecoded decoded;
    g_autoptr(GBytes) bytes = g_bytes_new_static(path, strlen(path));
    if (!zp_decode(bytes, NULL, &decoded, NULL))
        return name_of_path(package, path);
    g_autofree char *plain = g_strndup(decoded.text, decoded.length);
    zp_decoded_clear(&decoded);
    return name_of_path(package, plain);
}

static bool call_entry(ZpPackage *package, Archive *archive, struct archive_entry *entry,
                       PackageCall call, gpointer data, GError **error)
{
    g_autofree char *name = entry_name(package, entry);
    if (!name)
        return true;
    if (archive_entry_is_encrypted(entry)) {
        zp_error_set(error, ZP_ERROR_ENCRYPTED,
                     "文件已加密，需要密码；请在原来的软件中去掉密码后另存",
                     "the file is encrypted and needs a password; save it without one");
        return false;
    }
    return call(package, archive, entry, name, data, error);
}

static bool walk_entries(ZpPackage *package, PackageCall call, gpointer data, GError **error)
{
    g_autoptr(Archive) archive = archive_read_new();
    gsize size;
    const void *bytes = g_bytes_get_data(package->input, &size);
    struct archive_entry *entry;
    int status = archive_read_support_format_zip_seekable(archive);
    if (status == ARCHIVE_OK)
        status = archive_read_open_memory(archive, bytes, size);
    for (guint n = 0; status == ARCHIVE_OK; n++) {
        status = archive_read_next_header(archive, &entry);
        if (status == ARCHIVE_EOF)
            return true;
        if (status == ARCHIVE_WARN) /* a name in a strange character set: no part of ours */
            status = ARCHIVE_OK;
        if (n >= ZP_LIMIT_PACKAGE_ENTRIES) {
            zp_error_set(error, ZP_ERROR_LIMIT,
                         "压缩包里的文件超过 ZP_LIMIT_PACKAGE_ENTRIES（%u 个）的上限",
                         "the package holds more than ZP_LIMIT_PACKAGE_ENTRIES (%u) entries",
                         ZP_LIMIT_PACKAGE_ENTRIES);
            return false;
        }
        if (status == ARCHIVE_OK && !call_entry(package, archive, entry, call, data, error))
            return false;
    }
    set_damaged(package, error);
    return false;
}

/* libarchive converts names to the locale's character set and loses what that lacks. */
static locale_t new_names_locale(void)
{
    return newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

void zp_package_prepare(void)
{
    static locale_t kept; /* for nobody: the C library then has its table already */
    if (!kept)
        kept = new_names_locale();
}

bool package_each_entry(ZpPackage *package, PackageCall call, gpointer data, GError **error)
{
    locale_t names = new_names_locale();
    locale_t before = names ? uselocale(names) : (locale_t)0;
    bool done = walk_entries(package, call, data, error);
    if (before)
        uselocale(before);
    if (names)
        freelocale(names);
    return done;
}

/* The part that a part of relationships speaks of: word/_rels/document.xml.rels is of
 * word/document.xml.  NULL for any other part. */
static char *source_of(const char *name)
{
    const char *folder = g_strrstr(name, "_rels/");
    if (!folder || !g_str_has_suffix(name, ".rels") || strchr(folder + strlen("_rels/"), '/'))
        return NULL;
    g_autofree char *path =
        g_strdup_printf("%.*s%s", (int)(folder - name), name, folder + strlen("_rels/"));
    path[strlen(path) - strlen(".rels")] = '\0';
    return g_steal_pointer(&path);
}

/* What the events of one part of relationships need. */
typedef struct {
    ZpPackage *package;
    const char *source;
    char *folder; /* of the source */
} RelationReader;

static bool start_relation(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    RelationReader *reader = data;
    g_autofree char *target = zp_xml_dup(attributes, "Target");
    g_autofree char *type = zp_xml_dup(attributes, "Type");
    g_autofree char *mode = zp_xml_dup(attributes, "TargetMode");
    (void)token;
    if (!target || !type || g_strcmp0(mode, "External") == 0)
        return true;
    Relation *relation = g_new0(Relation, 1);
    const char *word = strrchr(type, '/');
    relation->source = g_strdup(reader->source);
    relation->id = zp_xml_dup(attributes, "Id");
    relation->type = g_strdup(word ? word + 1 : type);
    relation->target = zp_package_name(reader->folder, target);
    g_ptr_array_add(reader->package->relations, relation);
    return true;
}

static Fold *fold_of(const ZpPackage *package, const char *name)
{
    g_autofree char *key = package->folds ? zp_package_name("", name) : NULL;
    return key ? g_hash_table_lookup(package->folds, key) : NULL;
}

const char *zp_package_find(const ZpPackage *package, const char *name)
{
    const Fold *fold = g_hash_table_contains(package->names, name) ? NULL : fold_of(package, name);
    return fold ? fold->first : name;
}

/* Which of two a program reads is its own affair, where neither is named as it is written. */
static bool check_twice(ZpPackage *package, const char *name, GError **error)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(package->names, name));
    const Fold *fold = fold_of(package, name);
    bool has_twin = fold && fold->n > 1;
    if (n == 1 && has_twin &&
        !g_ptr_array_find_with_equal_func(package->twins, name, g_str_equal, NULL))
        g_ptr_array_add(package->twins, g_strdup(name));
    if (n == 1 || (n == 0 && !has_twin))
        return true;
    zp_error_set(
        error, ZP_ERROR_DAMAGED,
        "压缩包里有两个名为 %s 的部件（大小写不同也算同名），各种软件读的可能不是同一个；"
        "请用原来的软件打开后另存",
        "the package holds two parts named %s (in whatever case), and programs differ in which "
        "one they read; open and save it anew with the program it is from",
        name);
    return false;
}

const GPtrArray *zp_package_twins(const ZpPackage *package)
{
    return package->twins;
}

static void add_name(ZpPackage *package, const char *name)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(package->names, name));
    char *own = g_strdup(name);
    g_hash_table_insert(package->names, own, GUINT_TO_POINTER(n + 1));
    if (!package->folds || n)
        return;
    Fold *fold = fold_of(package, name);
    if (!fold) {
        fold = g_new0(Fold, 1);
        fold->first = own;
        g_hash_table_insert(package->folds, zp_package_name("", name), fold);
    }
    fold->n++;
}

/* Of a package without relationships: what is XML, as long as it is little. */
static bool unpack_early(ZpPackage *package, Archive *archive, struct archive_entry *entry,
                         const char *name, GError **error)
{
    gsize length = strlen(name), size = (gsize)MAX(archive_entry_size(entry), 0);
    if (!archive_entry_size_is_set(entry) || size > package->early || length < strlen(".xml") ||
        g_ascii_strcasecmp(name + length - strlen(".xml"), ".xml") != 0 ||
        g_hash_table_contains(package->parts, name))
        return true;
    GBytes *bytes = package_unpack(package, archive, entry, error);
    if (!bytes)
        return false;
    package->early -= MIN(package->early, g_bytes_get_size(bytes));
    g_hash_table_insert(package->parts, g_strdup(name), bytes);
    return true;
}

static bool index_entry(ZpPackage *package, Archive *archive, struct archive_entry *entry,
                        const char *name, gpointer data, GError **error)
{
    (void)data;
    add_name(package, name);
    if (package->folds)
        return unpack_early(package, archive, entry, name, error);
    g_autofree char *source = source_of(name);
    if (!source)
        return true;
    if (!check_twice(package, name, error))
        return false;
    g_autoptr(GBytes) bytes = package_unpack(package, archive, entry, error);
    if (!bytes)
        return false;
    static const ZpXmlName NAMES[] = {{ZP_XML_PACKAGE, "Relationship", 1}, {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start_relation};
    g_autofree char *folder = g_path_get_dirname(source);
    RelationReader reader = {package, source, folder};
    if (!zp_xml_parse(bytes, name, &HANDLER, &reader, error))
        return false;
    g_hash_table_insert(package->parts, g_strdup(name), g_steal_pointer(&bytes));
    return true;
}

static ZpPackage *package_new(GBytes *input, const char *kind_zh, const char *kind_en)
{
    ZpPackage *package = g_new0(ZpPackage, 1);
    package->input = g_bytes_ref(input);
    package->kind_zh = kind_zh;
    package->kind_en = kind_en;
    package->parts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    package->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    package->relations = g_ptr_array_new_with_free_func(relation_free);
    package->twins = g_ptr_array_new_with_free_func(g_free);
    return package;
}

ZpPackage *zp_package_open(GBytes *input, const char *kind_zh, const char *kind_en, GError **error)
{
    g_autoptr(ZpPackage) package = package_new(input, kind_zh, kind_en);
    return package_each_entry(package, index_entry, NULL, error) ? g_steal_pointer(&package) : NULL;
}

/* @early: 0 where a part that nobody may ask for turned out to be damaged. */
static ZpPackage *open_written(GBytes *input, const char *kind_zh, const char *kind_en, gsize early,
                               GError **error)
{
    g_autoptr(ZpPackage) package = package_new(input, kind_zh, kind_en);
    package->folds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    package->early = early;
    return package_each_entry(package, index_entry, NULL, error) ? g_steal_pointer(&package) : NULL;
}

ZpPackage *zp_package_open_written(GBytes *input, const char *kind_zh, const char *kind_en,
                                   GError **error)
{
    g_autoptr(GError) own = NULL;
    ZpPackage *package = open_written(input, kind_zh, kind_en, ZP_LIMIT_OFD_EARLY_BYTES, &own);
    return package ? package : open_written(input, kind_zh, kind_en, 0, error);
}

const char *zp_package_next_related(const ZpPackage *package, const char *source, const char *type,
                                    guint *next)
{
    while (*next < package->relations->len) {
        const Relation *relation = g_ptr_array_index(package->relations, (*next)++);
        if (strcmp(relation->source, source) == 0 && strcmp(relation->type, type) == 0)
            return relation->target;
    }
    return NULL;
}

const char *zp_package_related(const ZpPackage *package, const char *source, const char *type)
{
    guint next = 0;
    return zp_package_next_related(package, source, type, &next);
}

const char *zp_package_target(const ZpPackage *package, const char *source, const char *id,
                              gsize length, const char **type)
{
    for (guint i = 0; i < package->relations->len; i++) {
        const Relation *relation = g_ptr_array_index(package->relations, i);
        if (strcmp(relation->source, source) != 0 || !relation->id ||
            strlen(relation->id) != length || memcmp(relation->id, id, length) != 0)
            continue;
        if (type)
            *type = relation->type;
        return relation->target;
    }
    return NULL;
}

static bool load_entry(ZpPackage *package, Archive *archive, struct archive_entry *entry,
                       const char *name, gpointer data, GError **error)
{
    GHashTable *wanted = data;
    if (!g_hash_table_contains(wanted, name) || g_hash_table_contains(package->parts, name))
        return true;
    GBytes *bytes = package_unpack(package, archive, entry, error);
    if (!bytes)
        return false;
    g_hash_table_insert(package->parts, g_strdup(name), bytes);
    return true;
}

bool zp_package_load(ZpPackage *package, GPtrArray *names, GError **error)
{
    g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i), *found = zp_package_find(package, name);
        if (!check_twice(package, name, error) || !check_twice(package, found, error))
            return false;
        if (g_hash_table_contains(package->names, found) &&
            !g_hash_table_contains(package->parts, found))
            g_hash_table_add(wanted, (gpointer)found);
    }
    return !g_hash_table_size(wanted) || package_each_entry(package, load_entry, wanted, error);
}

bool zp_package_has(const ZpPackage *package, const char *name)
{
    return g_hash_table_contains(package->names, zp_package_find(package, name));
}

GBytes *zp_package_part(const ZpPackage *package, const char *name)
{
    return g_hash_table_lookup(package->parts, zp_package_find(package, name));
}

GBytes *zp_package_require(const ZpPackage *package, const char *name, GError **error)
{
    GBytes *bytes = name ? zp_package_part(package, name) : NULL;
    if (!bytes)
        zp_error_set(error, ZP_ERROR_DAMAGED,
                     "这份%s%.0s已损坏，缺少部件 %s；请用原来的软件打开后另存",
                     "this is %.0s%s, but it is damaged: the part %s is missing; open and save it "
                     "anew",
                     package->kind_zh, package->kind_en, name ? name : "officeDocument");
    return bytes;
}
