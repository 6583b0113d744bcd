/*
 * runtime.c - ONNX Runtime is a library that no distribution of ours has, so it is opened by its path, and
 * its header is not needed: OrtGetApiBase() gives a table of functions whose first slots never change.
 *
 * One thread, no arena, no patterns of memory: a model that sees lines of many widths would else keep memory
 * for each of them, and threads are refused by the sandbox.
 */
#include "parsers/image/runtime.h"

#include "base/error.h"
#include "base/memory.h"

#include <dlfcn.h>

/* The interface's version asked for: old enough for every library, and the slots used are of version 1. */
#define API_VERSION 8
/* Of the interface's enumerations. */
#define LOG_ERROR        3
#define OPTIMISE_ALL     99
#define ALLOCATOR_DEVICE 0
#define MEMORY_DEFAULT   0
#define TYPE_FLOAT       1

typedef void *Status; /* NULL: well */

typedef struct {
    const gpointer *(*get)(guint32 version);
    const char *(*version)(void);
} ApiBase;

typedef struct {
#define ZP_ORT(slot, name, result, arguments) result(*name) arguments;
#include "parsers/image/runtime.def"
#undef ZP_ORT
} Api;

struct Runtime {
    Api api;
    void *library, *env, *options, *session, *memory, *allocator;
    char *input, *output; /* names, the allocator's */
    const char *version;
};

static void fill_api(Api *api, const gpointer *table)
{
#define ZP_ORT(slot, name, result, arguments) api->name = (result(*) arguments)table[slot];
#include "parsers/image/runtime.def"
#undef ZP_ORT
}

static bool is_well(const Runtime *runtime, Status status, GError **error)
{
    if (!status)
        return true;
    const char *why = runtime->api.GetErrorMessage(status);
    zp_error_set(error, ZP_ERROR_IO, "文字识别的模型打不开：%s；请重新运行 scripts/ocr.sh",
                 "the model for text recognition cannot be opened: %s; run scripts/ocr.sh again",
                 why);
    runtime->api.ReleaseStatus(status);
    return false;
}

static bool open_library(Runtime *runtime, const char *path, GError **error)
{
    runtime->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const ApiBase *(*base)(void) =
        runtime->library ? (const ApiBase *(*)(void))dlsym(runtime->library, "OrtGetApiBase")
                         : NULL;
    const gpointer *table = base ? base()->get(API_VERSION) : NULL;
    if (table) {
        fill_api(&runtime->api, table);
        runtime->version = base()->version();
        return true;
    }
    zp_error_set(error, ZP_ERROR_IO, "文字识别的库 %s 打不开；请重新运行 scripts/ocr.sh",
                 "the library for text recognition, %s, cannot be opened; run scripts/ocr.sh again",
                 path);
    return false;
}

static bool open_model(Runtime *runtime, const char *model, GError **error)
{
    const Api *api = &runtime->api;
    return is_well(runtime, api->CreateEnv(LOG_ERROR, "ziping", &runtime->env), error) &&
           is_well(runtime, api->CreateSessionOptions(&runtime->options), error) &&
           is_well(runtime, api->SetIntraOpNumThreads(runtime->options, 1), error) &&
           is_well(runtime, api->SetInterOpNumThreads(runtime->options, 1), error) &&
           is_well(runtime, api->DisableMemPattern(runtime->options), error) &&
           is_well(runtime, api->DisableCpuMemArena(runtime->options), error) &&
           is_well(runtime, api->SetSessionLogSeverityLevel(runtime->options, LOG_ERROR), error) &&
           is_well(runtime, api->SetSessionGraphOptimizationLevel(runtime->options, OPTIMISE_ALL),
                   error) &&
           is_well(runtime,
                   api->CreateSession(runtime->env, model, runtime->options, &runtime->session),
                   error) &&
           is_well(runtime, api->GetAllocatorWithDefaultOptions(&runtime->allocator), error) &&
           is_well(runtime,
                   api->CreateCpuMemoryInfo(ALLOCATOR_DEVICE, MEMORY_DEFAULT, &runtime->memory),
                   error) &&
           is_well(
               runtime,
               api->SessionGetInputName(runtime->session, 0, runtime->allocator, &runtime->input),
               error) &&
           is_well(
               runtime,
               api->SessionGetOutputName(runtime->session, 0, runtime->allocator, &runtime->output),
               error);
}

Runtime *runtime_open(const char *library, const char *model, GError **error)
{
    g_autoptr(Runtime) runtime = g_new0(Runtime, 1);
    if (!open_library(runtime, library, error) || !open_model(runtime, model, error))
        return NULL;
    return g_steal_pointer(&runtime);
}

void runtime_close(Runtime *runtime)
{
    if (!runtime)
        return;
    const Api *api = &runtime->api;
    if (runtime->input)
        api->AllocatorFree(runtime->allocator, runtime->input);
    if (runtime->output)
        api->AllocatorFree(runtime->allocator, runtime->output);
    if (runtime->memory)
        api->ReleaseMemoryInfo(runtime->memory);
    if (runtime->session)
        api->ReleaseSession(runtime->session);
    if (runtime->options)
        api->ReleaseSessionOptions(runtime->options);
    if (runtime->env)
        api->ReleaseEnv(runtime->env);
    if (runtime->library)
        dlclose(runtime->library);
    g_free(runtime);
}

/* The shape of what came out: one picture, steps, classes. */
static bool read_output(const Runtime *runtime, RuntimeOutput *output)
{
    const Api *api = &runtime->api;
    void *info = NULL, *data = NULL;
    gsize n = 0;
    gint64 shape[3] = {0};
    if (!is_well(runtime, api->GetTensorTypeAndShape(output->value, &info), NULL))
        return false;
    bool done = is_well(runtime, api->GetDimensionsCount(info, &n), NULL) &&
                n == G_N_ELEMENTS(shape) &&
                is_well(runtime, api->GetDimensions(info, shape, n), NULL) && shape[0] == 1 &&
                is_well(runtime, api->GetTensorMutableData(output->value, &data), NULL);
    api->ReleaseTensorTypeAndShapeInfo(info);
    output->n_steps = shape[1];
    output->n_classes = shape[2];
    output->shares = data;
    return done && data;
}

bool runtime_run(Runtime *runtime, const float *pixels, gint64 height, gint64 width,
                 RuntimeOutput *output)
{
    const Api *api = &runtime->api;
    const gint64 shape[] = {1, 3, height, width};
    const char *inputs[] = {runtime->input}, *outputs[] = {runtime->output};
    void *value = NULL;
    *output = (RuntimeOutput){0};
    if (!is_well(runtime,
                 api->CreateTensorWithDataAsOrtValue(
                     runtime->memory, (void *)pixels, (gsize)(3 * height * width) * sizeof *pixels,
                     shape, G_N_ELEMENTS(shape), TYPE_FLOAT, &value),
                 NULL))
        return false;
    const void *const values[] = {value};
    /* Its layers are no text; what comes out is freed by us, and overwritten. */
    zp_memory_pause(true);
    bool done = is_well(
        runtime, api->Run(runtime->session, NULL, inputs, values, 1, outputs, 1, &output->value),
        NULL);
    zp_memory_pause(false);
    api->ReleaseValue(value);
    if (done && read_output(runtime, output))
        return true;
    runtime_output_clear(runtime, output);
    return false;
}

void runtime_output_clear(const Runtime *runtime, RuntimeOutput *output)
{
    if (output->value)
        runtime->api.ReleaseValue(output->value);
    *output = (RuntimeOutput){0};
}

const char *runtime_version(const Runtime *runtime)
{
    return runtime->version;
}
