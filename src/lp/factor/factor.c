/* CHOLMOD behind its fence. SPDX-License-Identifier: GPL-3.0-or-later */
#include "factor.h"

#include "break_off.h"
#include "try.h"

#include <cholmod.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of OpenBLAS (its header would bring all of cblas along) and of libgomp, whose header comes with one compiler alone. */
extern char *openblas_get_config(void);
extern char *openblas_get_corename(void);
extern void gotoblas_dynamic_quit(void);
extern void gotoblas_dynamic_init(void);
extern int omp_get_max_active_levels(void);
extern void omp_set_max_active_levels(int levels);

/* Operations of a factorisation that takes long enough to be broken off: a quarter of a second. */
#define LONG_FLOPS 2e9

struct fab_factor {
    cholmod_common common;
    cholmod_sparse *scaled; /* D^-1/2 A W^1/2 of the last factorisation */
    double *value;          /* [coefficients] of A */
    double *row_scale;      /* [rows] D^-1/2 */
    cholmod_factor *factor;
    cholmod_dense *x, *y, *e; /* of solves: kept, so that they are taken once */
    double nonzeros, flops;
};

/* CHOLMOD's loops over a supernode ask for four threads, whatever the machine has and whoever else needs it; a region that may not be entered has one. Gives what to put back. */
static int begin_alone(void)
{
    int levels = omp_get_max_active_levels();
    omp_set_max_active_levels(0);
    return levels;
}

static void end_alone(int levels)
{
    omp_set_max_active_levels(levels);
}

static fab_status fail_cholmod(fab_context *context, const fab_factor *factor, const char *what)
{
    if (factor->common.status == CHOLMOD_OUT_OF_MEMORY)
        return fab_fail_memory(context);
    return fab_fail(context, FAB_INTERNAL, "CHOLMOD could not %s: status %d", what, factor->common.status);
}

static fab_status take_matrix(fab_context *context, fab_factor *factor, const struct fab_factor_matrix *matrix)
{
    int count = matrix->start[matrix->column_count];
    size_t rows = (size_t)matrix->row_count, columns = (size_t)matrix->column_count, size = (size_t)count;
    factor->value = malloc((size + 1) * sizeof *factor->value);
    factor->row_scale = malloc((rows + 1) * sizeof *factor->row_scale);
    factor->scaled = cholmod_allocate_sparse(rows, columns, size, true, true, 0, CHOLMOD_REAL, &factor->common);
    if (!factor->value || !factor->row_scale || !factor->scaled)
        return fab_fail_memory(context);
    memcpy(factor->scaled->p, matrix->start, (columns + 1) * sizeof *matrix->start);
    if (count > 0) {
        memcpy(factor->scaled->i, matrix->row_index, size * sizeof *matrix->row_index);
        memcpy(factor->scaled->x, matrix->value, size * sizeof *matrix->value);
        memcpy(factor->value, matrix->value, size * sizeof *matrix->value);
    }
    return FAB_OK;
}

static void begin_common(cholmod_common *common)
{
    cholmod_start(common);
    common->print = 0;
    common->supernodal = CHOLMOD_SUPERNODAL;
    common->quick_return_if_not_posdef = true;
}

fab_status fab_factor_new(fab_context *context, const struct fab_factor_matrix *matrix, fab_factor **result)
{
    fab_status status = FAB_OK;
    int levels = begin_alone();
    fab_factor *factor = calloc(1, sizeof *factor);
    TRY_MEMORY(context, factor);
    begin_common(&factor->common);
    TRY(take_matrix(context, factor, matrix));
    factor->factor = cholmod_analyze(factor->scaled, &factor->common);
    if (!factor->factor)
        TRY(fail_cholmod(context, factor, "analyse the matrix"));
    factor->nonzeros = factor->common.lnz;
    factor->flops = factor->common.fl;
    *result = factor;
    factor = NULL;
out:
    fab_factor_free(factor);
    end_alone(levels);
    return status;
}

void fab_factor_free(fab_factor *factor)
{
    if (!factor)
        return;
    cholmod_free_dense(&factor->x, &factor->common);
    cholmod_free_dense(&factor->y, &factor->common);
    cholmod_free_dense(&factor->e, &factor->common);
    cholmod_free_factor(&factor->factor, &factor->common);
    cholmod_free_sparse(&factor->scaled, &factor->common);
    cholmod_finish(&factor->common);
    free(factor->value);
    free(factor->row_scale);
    free(factor);
}

/* The diagonal of A W A' to one: Cholesky's rounding does not depend on it, and the shift is a share of each row. */
static void scale(fab_factor *factor, const double *weight)
{
    const int *start = factor->scaled->p, *row = factor->scaled->i;
    double *scaled = factor->scaled->x, *size = factor->row_scale;
    memset(size, 0, factor->scaled->nrow * sizeof *size);
    for (size_t j = 0; j < factor->scaled->ncol; j++) {
        double root = sqrt(weight[j]);
        for (int k = start[j]; k < start[j + 1]; k++) {
            scaled[k] = factor->value[k] * root;
            size[row[k]] += scaled[k] * scaled[k];
        }
    }
    for (size_t i = 0; i < factor->scaled->nrow; i++)
        size[i] = size[i] > 0 ? 1 / sqrt(size[i]) : 1;
    for (int k = 0; k < start[factor->scaled->ncol]; k++)
        scaled[k] *= size[row[k]];
}

fab_status fab_factor_make(fab_context *context, fab_factor *factor, const double *weight, double shift, bool *done)
{
    fab_status status = FAB_OK;
    int levels = begin_alone();
    double beta[2] = {shift, 0};
    bool is_long = factor->flops > LONG_FLOPS, broken = false;
    struct fab_break_off watch;
    scale(factor, weight);
    if (is_long)
        fab_break_off_begin(&watch, context, beta);
    *done = cholmod_factorize_p(factor->scaled, beta, NULL, 0, factor->factor, &factor->common) && factor->common.status == CHOLMOD_OK &&
            factor->factor->minor == factor->factor->n;
    if (is_long)
        broken = fab_break_off_end(&watch);
    if (broken)
        status = fab_fail(context, FAB_INTERRUPTED, "interrupted while solving");
    else if (factor->common.status == CHOLMOD_OUT_OF_MEMORY)
        status = fab_fail_memory(context);
    end_alone(levels);
    return status;
}

fab_status fab_factor_solve(fab_context *context, fab_factor *factor, double *vector)
{
    fab_status status = FAB_OK;
    int levels = begin_alone();
    size_t rows = factor->scaled->nrow;
    cholmod_dense right = {.nrow = rows, .ncol = 1, .nzmax = rows, .d = rows, .x = vector, .xtype = CHOLMOD_REAL, .dtype = CHOLMOD_DOUBLE};
    for (size_t i = 0; i < rows; i++)
        vector[i] *= factor->row_scale[i];
    if (!cholmod_solve2(CHOLMOD_A, factor->factor, &right, NULL, &factor->x, NULL, &factor->y, &factor->e, &factor->common))
        TRY(fail_cholmod(context, factor, "solve with its factor"));
    const double *solved = factor->x->x;
    for (size_t i = 0; i < rows; i++)
        vector[i] = solved[i] * factor->row_scale[i];
out:
    end_alone(levels);
    return status;
}

double fab_factor_nonzeros(const fab_factor *factor)
{
    return factor->nonzeros;
}

double fab_factor_flops(const fab_factor *factor)
{
    return factor->flops;
}

/* ---- the kernels */

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
