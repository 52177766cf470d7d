/* CHOLMOD's analysis behind its fence, and what is factorised with it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "factor.h"

#include "supernodal.h"
#include "try.h"

#include <cholmod.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column with so many coefficients is a row of its own in what is factorised: its product with itself would have more. */
enum { LONG = 5 };

struct fab_factor {
    cholmod_common common;
    int row_count, column_count, size; /* size: rows and nodes */
    int *start, *row_index;
    double *value, *scaled; /* [coefficients] of A, and of D^-1/2 A W^1/2 */
    double *row_scale;      /* [rows] D^-1/2 */
    int *node;              /* [columns] number of a column that is one behind the rows, -1: it is multiplied out */
    cholmod_sparse *out;    /* the scaled columns that are multiplied out; the others are empty in it */
    cholmod_factor *analysis;
    struct fab_supernodal super;
    int *supernode_of, *where; /* [size]; place in the order of the factor */
    signed char *sign;         /* [size], in the order of the factor */
    int *place;                /* of each product that is added, in the order in which they are */
    int *diagonal;             /* [size] place of each */
    double *vector;            /* [size] work */
    double nonzeros, flops;
};

static fab_status fail_cholmod(fab_context *context, const fab_factor *factor, const char *what)
{
    if (factor->common.status == CHOLMOD_OUT_OF_MEMORY)
        return fab_fail_memory(context);
    return fab_fail(context, FAB_INTERNAL, "CHOLMOD could not %s: status %d", what, factor->common.status);
}

static int length_of(const fab_factor *factor, int j)
{
    return factor->start[j + 1] - factor->start[j];
}

static fab_status take_matrix(fab_context *context, fab_factor *factor, const struct fab_factor_matrix *matrix)
{
    size_t rows = (size_t)matrix->row_count, columns = (size_t)matrix->column_count, count = (size_t)matrix->start[matrix->column_count];
    factor->row_count = matrix->row_count;
    factor->column_count = matrix->column_count;
    factor->start = malloc((columns + 1) * sizeof *factor->start);
    factor->row_index = malloc((count + 1) * sizeof *factor->row_index);
    factor->value = malloc((count + 1) * sizeof *factor->value);
    factor->scaled = malloc((count + 1) * sizeof *factor->scaled);
    factor->row_scale = malloc((rows + 1) * sizeof *factor->row_scale);
    factor->node = malloc((columns + 1) * sizeof *factor->node);
    if (!factor->start || !factor->row_index || !factor->value || !factor->scaled || !factor->row_scale || !factor->node)
        return fab_fail_memory(context);
    memcpy(factor->start, matrix->start, (columns + 1) * sizeof *factor->start);
    if (count > 0) {
        memcpy(factor->row_index, matrix->row_index, count * sizeof *factor->row_index);
        memcpy(factor->value, matrix->value, count * sizeof *factor->value);
    }
    return FAB_OK;
}

/* Which columns are nodes, and the matrix of the others, whose values come later. */
static fab_status choose_nodes(fab_context *context, fab_factor *factor, enum fab_factor_kind kind)
{
    size_t count = 0;
    factor->size = factor->row_count;
    for (int j = 0; j < factor->column_count; j++) {
        factor->node[j] = kind == FAB_FACTOR_AUGMENTED && length_of(factor, j) >= LONG ? factor->size++ : -1;
        count += factor->node[j] < 0 ? (size_t)length_of(factor, j) : 0;
    }
    factor->out = cholmod_allocate_sparse((size_t)factor->row_count, (size_t)factor->column_count, count, true, true, 0, CHOLMOD_REAL, &factor->common);
    if (!factor->out)
        return fab_fail_memory(context);
    int *start = factor->out->p, *row = factor->out->i;
    for (int j = 0; j < factor->column_count; j++) {
        int length = factor->node[j] < 0 ? length_of(factor, j) : 0;
        if (length > 0)
            memcpy(row + start[j], factor->row_index + factor->start[j], (size_t)length * sizeof *row);
        start[j + 1] = start[j] + length;
    }
    return FAB_OK;
}

static void fill_out(const fab_factor *factor)
{
    const int *start = factor->out->p;
    double *value = factor->out->x;
    for (int j = 0; j < factor->column_count; j++)
        if (start[j + 1] > start[j])
            memcpy(value + start[j], factor->scaled + factor->start[j], (size_t)length_of(factor, j) * sizeof *value);
}

struct pattern {
    int *row, *column;
    size_t count;
};

static void put(struct pattern *pattern, int row, int column)
{
    pattern->row[pattern->count] = row;
    pattern->column[pattern->count++] = column;
}

/* The products of the lower triangle in the order in which add_products adds them: those of the rows with each other, the coefficients of the nodes. */
static void find_pattern(const fab_factor *factor, const cholmod_sparse *product, struct pattern *pattern)
{
    const int *start = product->p, *row = product->i;
    for (int c = 0; c < factor->row_count; c++)
        for (int k = start[c]; k < start[c + 1]; k++)
            if (row[k] >= c)
                put(pattern, row[k], c);
    for (int j = 0; j < factor->column_count; j++)
        for (int k = factor->start[j]; factor->node[j] >= 0 && k < factor->start[j + 1]; k++)
            put(pattern, factor->node[j], factor->row_index[k]);
}

/* Order and supernodes: AMD, and METIS's order where that has fewer operations. */
static fab_status analyse(fab_context *context, fab_factor *factor, const struct pattern *pattern)
{
    fab_status status = FAB_OK;
    size_t size = (size_t)factor->size, count = pattern->count;
    cholmod_triplet *triplet = cholmod_allocate_triplet(size, size, count + size, -1, CHOLMOD_PATTERN, &factor->common);
    cholmod_sparse *matrix = NULL;
    TRY_MEMORY(context, triplet);
    int *row = triplet->i, *column = triplet->j;
    for (size_t k = 0; k < count; k++) {
        row[k] = pattern->row[k];
        column[k] = pattern->column[k];
    }
    for (size_t i = 0; i < size; i++)
        row[count + i] = column[count + i] = (int)i;
    triplet->nnz = count + size;
    matrix = cholmod_triplet_to_sparse(triplet, 0, &factor->common);
    TRY_MEMORY(context, matrix);
    factor->analysis = cholmod_analyze(matrix, &factor->common);
    if (!factor->analysis)
        TRY(fail_cholmod(context, factor, "analyse the matrix"));
    factor->nonzeros = factor->common.lnz;
    factor->flops = factor->common.fl;
out:
    cholmod_free_triplet(&triplet, &factor->common);
    cholmod_free_sparse(&matrix, &factor->common);
    return status;
}

static fab_status take_supernodes(fab_context *context, fab_factor *factor)
{
    fab_status status = FAB_OK;
    const cholmod_factor *analysis = factor->analysis;
    const int *old = analysis->Perm, *first = analysis->super;
    size_t size = (size_t)factor->size + 1;
    factor->supernode_of = malloc(size * sizeof *factor->supernode_of);
    factor->where = malloc(size * sizeof *factor->where);
    factor->sign = malloc(size);
    factor->diagonal = malloc(size * sizeof *factor->diagonal);
    factor->vector = malloc(size * sizeof *factor->vector);
    TRY_MEMORY(context, factor->supernode_of && factor->where && factor->sign && factor->diagonal && factor->vector);
    for (int s = 0; s < (int)analysis->nsuper; s++)
        for (int c = first[s]; c < first[s + 1]; c++)
            factor->supernode_of[c] = s;
    for (int n = 0; n < factor->size; n++) {
        factor->where[old[n]] = n;
        factor->sign[n] = old[n] < factor->row_count ? 1 : -1;
    }
    factor->super = (struct fab_supernodal){.size = factor->size,
                                            .count = (int)analysis->nsuper,
                                            .first = first,
                                            .row_start = analysis->pi,
                                            .row = analysis->s,
                                            .value_start = analysis->px,
                                            .supernode_of = factor->supernode_of,
                                            .sign = factor->sign};
    TRY(fab_supernodal_init(context, &factor->super));
out:
    return status;
}

static int place_of(const fab_factor *factor, int row, int column)
{
    int a = factor->where[row], b = factor->where[column];
    return fab_supernodal_place(&factor->super, a > b ? a : b, a > b ? b : a);
}

static void begin_common(cholmod_common *common)
{
    cholmod_start(common);
    common->print = 0;
    common->supernodal = CHOLMOD_SUPERNODAL;
}

static fab_status find_places(fab_context *context, fab_factor *factor)
{
    fab_status status = FAB_OK;
    struct pattern pattern = {0};
    cholmod_sparse *product = cholmod_aat(factor->out, NULL, 0, 1, &factor->common);
    TRY_MEMORY(context, product);
    size_t count = cholmod_nnz(product, &factor->common) + (size_t)factor->start[factor->column_count] + 1;
    pattern.row = malloc(count * sizeof *pattern.row);
    pattern.column = malloc(count * sizeof *pattern.column);
    TRY_MEMORY(context, pattern.row && pattern.column);
    find_pattern(factor, product, &pattern);
    TRY(analyse(context, factor, &pattern));
    TRY(take_supernodes(context, factor));
    factor->place = malloc((pattern.count + 1) * sizeof *factor->place);
    TRY_MEMORY(context, factor->place);
    for (size_t k = 0; k < pattern.count; k++)
        factor->place[k] = place_of(factor, pattern.row[k], pattern.column[k]);
    for (int i = 0; i < factor->size; i++)
        factor->diagonal[i] = place_of(factor, i, i);
out:
    free(pattern.row);
    free(pattern.column);
    cholmod_free_sparse(&product, &factor->common);
    return status;
}

fab_status fab_factor_new(fab_context *context, const struct fab_factor_matrix *matrix, enum fab_factor_kind kind, fab_factor **result)
{
    fab_status status = FAB_OK;
    fab_factor *factor = calloc(1, sizeof *factor);
    TRY_MEMORY(context, factor);
    begin_common(&factor->common);
    TRY(take_matrix(context, factor, matrix));
    TRY(choose_nodes(context, factor, kind));
    memset(factor->out->x, 0, factor->out->nzmax * sizeof(double));
    TRY(find_places(context, factor));
    *result = factor;
    factor = NULL;
out:
    fab_factor_free(factor);
    return status;
}

void fab_factor_free(fab_factor *factor)
{
    if (!factor)
        return;
    fab_supernodal_fini(&factor->super);
    cholmod_free_factor(&factor->analysis, &factor->common);
    cholmod_free_sparse(&factor->out, &factor->common);
    cholmod_finish(&factor->common);
    free(factor->start);
    free(factor->row_index);
    free(factor->value);
    free(factor->scaled);
    free(factor->row_scale);
    free(factor->node);
    free(factor->supernode_of);
    free(factor->where);
    free(factor->sign);
    free(factor->place);
    free(factor->diagonal);
    free(factor->vector);
    free(factor);
}

/* The diagonal of A W A' to one: rounding does not depend on it, and the shift is a share of each row. */
static void scale(fab_factor *factor, const double *weight)
{
    const int *start = factor->start, *row = factor->row_index;
    double *scaled = factor->scaled, *size = factor->row_scale;
    memset(size, 0, (size_t)factor->row_count * sizeof *size);
    for (int j = 0; j < factor->column_count; j++) {
        double root = sqrt(weight[j]);
        for (int k = start[j]; k < start[j + 1]; k++) {
            scaled[k] = factor->value[k] * root;
            size[row[k]] += scaled[k] * scaled[k];
        }
    }
    for (int i = 0; i < factor->row_count; i++)
        size[i] = size[i] > 0 ? 1 / sqrt(size[i]) : 1;
    for (int k = 0; k < start[factor->column_count]; k++)
        scaled[k] *= size[row[k]];
}

/* In the order of find_pattern. */
static fab_status add_products(fab_context *context, fab_factor *factor, double shift)
{
    double *value = factor->super.value;
    const int *place = factor->place;
    fill_out(factor);
    cholmod_sparse *product = cholmod_aat(factor->out, NULL, 0, 1, &factor->common);
    if (!product)
        return fab_fail_memory(context);
    const int *start = product->p, *row = product->i;
    const double *more = product->x;
    memset(value, 0, (size_t)factor->super.value_start[factor->super.count] * sizeof *value);
    for (int i = 0; i < factor->size; i++)
        value[factor->diagonal[i]] = i < factor->row_count ? shift : -1;
    for (int c = 0; c < factor->row_count; c++)
        for (int k = start[c]; k < start[c + 1]; k++)
            if (row[k] >= c)
                value[*place++] += more[k];
    for (int j = 0; j < factor->column_count; j++)
        for (int k = factor->start[j]; factor->node[j] >= 0 && k < factor->start[j + 1]; k++)
            value[*place++] += factor->scaled[k];
    cholmod_free_sparse(&product, &factor->common);
    return FAB_OK;
}

fab_status fab_factor_make(fab_context *context, fab_factor *factor, const double *weight, double shift, bool *done)
{
    fab_status status = FAB_OK;
    scale(factor, weight);
    TRY(add_products(context, factor, shift));
    TRY(fab_supernodal_factorise(context, &factor->super, done));
out:
    return status;
}

void fab_factor_solve(fab_factor *factor, double *vector)
{
    double *ordered = factor->vector;
    memset(ordered, 0, (size_t)factor->size * sizeof *ordered);
    for (int i = 0; i < factor->row_count; i++)
        ordered[factor->where[i]] = vector[i] * factor->row_scale[i];
    fab_supernodal_solve(&factor->super, ordered);
    for (int i = 0; i < factor->row_count; i++)
        vector[i] = ordered[factor->where[i]] * factor->row_scale[i];
}

double fab_factor_nonzeros(const fab_factor *factor)
{
    return factor->nonzeros;
}

double fab_factor_flops(const fab_factor *factor)
{
    return factor->flops;
}
