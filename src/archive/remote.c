/*
 * remote.c - file systems of a network, where an archive cannot be written.
 */
#include "archive/db.h"
#include "base/error.h"

#include <sys/vfs.h>

bool zp_archive_is_remote(guint64 type)
{
    static const guint64 TYPES[] = {
        0x6969,     /* NFS */
        0x517b,     /* SMB */
        0xff534d42, /* CIFS */
        0xfe534d42, /* SMB 2 */
        0x01021997, /* 9P */
        0x00c36400, /* Ceph */
        0x5346414f, /* AFS */
        0x6b414653, /* kAFS */
        0x0bd00bd0, /* Lustre */
        0x47504653, /* GPFS */
        0x73757245, /* Coda */
    };
    for (gsize k = 0; k < G_N_ELEMENTS(TYPES); k++) {
        if (TYPES[k] == (type & 0xffffffff))
            return true;
    }
    return false;
}

bool zp_archive_is_local(const char *path, GError **error)
{
    struct statfs about;
    g_autofree char *folder = g_path_get_dirname(path);
    if ((statfs(path, &about) != 0 && statfs(folder, &about) != 0) ||
        !zp_archive_is_remote((guint64)about.f_type))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE,
                 "%s 在网络文件系统上；档案库的写入日志（WAL）要求各进程共享内存，在那里会损坏："
                 "请放在本机磁盘上",
                 "%s is on a network file system, where the write-ahead log (WAL) of an archive, "
                 "which needs memory "
                 "that processes share, would damage it: keep it on a local disk",
                 path);
    return false;
}
