/*
 * walls.c - the two walls without which a worker that a document took over could do harm: Landlock and seccomp.
 *
 * Old kernels, containers and gVisor lack them; a run goes on without, but never silently.
 */
#include "cli/walls.h"

#include "run/sandbox.h"

static const struct {
    ZpSandboxLayer layer;
    const char *name, *zh, *en;
} WALLS[] = {
    {ZP_SANDBOX_FILES, "Landlock", "恶意文件可以读取本用户的文件",
     "a hostile file could read the user's files"},
    {ZP_SANDBOX_CALLS, "seccomp", "恶意文件可以使用网络、启动程序",
     "a hostile file could use the network and start programs"},
};

static void warn_of_missing(const ZpSession *session, guint lacks)
{
    ZpLang lang = session->arguments.lang;
    for (gsize k = 0; k < G_N_ELEMENTS(WALLS); k++) {
        if (lacks & WALLS[k].layer)
            zp_say(
                lang, "警告：本系统没有 %s，工作进程没有完全隔离：%s（见 ziping doctor）",
                "warning: this system has no %s, so workers are not fully shut in: %s (see `ziping "
                "doctor`)",
                WALLS[k].name, zp_lang_pick(lang, WALLS[k].zh, WALLS[k].en));
    }
}

static bool is_required(const ZpSession *session)
{
    return session->arguments.require_sandbox || zp_config_requires_sandbox(session->config);
}

bool zp_walls_stand(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    guint lacks = zp_sandbox_lacks();
    bool is_open = arguments->no_sandbox || arguments->office;
    if (arguments->no_sandbox)
        zp_say(arguments->lang,
               "警告：工作进程没有隔离（--no-sandbox）；恶意文件可以做用户能做的任何事，内存也不限",
               "warning: workers are not shut in (--no-sandbox): a hostile file can do whatever "
               "the user can, and memory is not limited");
    else if (!zp_sandbox_is_sanitized())
        warn_of_missing(session, lacks);
    if (!is_required(session) || !(is_open || lacks))
        return true;
    zp_say(arguments->lang,
           "要求隔离（--require-sandbox 或 require_sandbox），而%s，因此没有读取任何文件",
           "the workers are required to be shut in (--require-sandbox, require_sandbox), but %s, "
           "so nothing was read",
           is_open ? zp_lang_pick(arguments->lang, "--no-sandbox 或 --office 不隔离",
                                  "--no-sandbox or --office lets them out")
                   : zp_lang_pick(arguments->lang, "本系统或本构建做不到",
                                  "this system or build cannot"));
    return false;
}
