/* The kernels of OpenBLAS: which ones, and their name. SPDX-License-Identifier: GPL-3.0-or-later */
#include "factor.h"

#include <cholmod.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of OpenBLAS (its header would bring all of cblas along). */
extern char *openblas_get_config(void);
extern char *openblas_get_corename(void);
extern void gotoblas_dynamic_quit(void);
extern void gotoblas_dynamic_init(void);

#if defined(__x86_64__)
#define CORE "OPENBLAS_CORETYPE"

static const char *known_core(void)
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma"))
        return "SkylakeX";
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? "Haswell" : NULL;
}

/* OpenBLAS knows processors by their number, and one that is newer than it gets the kernels of 2004: a third of the speed. What the processor says that it can do decides instead, unless the user has chosen. It happens when the library
 * is loaded, before anybody multiplies or has threads: later the kernels are left as they are. */
__attribute__((constructor)) static void choose_kernels(void)
{
    const char *core = strcmp(openblas_get_corename(), "Prescott") == 0 && !getenv(CORE) ? known_core() : NULL;
    if (!core || setenv(CORE, core, true) != 0)
        return;
    gotoblas_dynamic_quit();
    gotoblas_dynamic_init();
    unsetenv(CORE);
}
#endif

/* ---- the name */

static char name_of_all[128];

/* OpenBLAS's configuration begins with its name and version. */
static void make_name(void)
{
    char openblas[32] = "OpenBLAS";
    int version[3];
    cholmod_version(version);
    sscanf(openblas_get_config(), "%*s %20s", openblas + snprintf(openblas, sizeof openblas, "OpenBLAS "));
    snprintf(name_of_all, sizeof name_of_all, "CHOLMOD %d.%d.%d, %s %s", version[0], version[1], version[2], openblas, openblas_get_corename());
}

const char *fab_factor_arithmetic(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_name);
    return name_of_all;
}
