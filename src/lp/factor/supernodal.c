/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "supernodal.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Columns of a block that are factorised at a time; products smaller than this, and solves with fewer columns, are done by loops. */
enum { PANEL = 64, SMALL = 1500, FEW = 8 };

/* BLAS, as Fortran has it. */
extern void dgemm_(const char *ta, const char *tb, const int *m, const int *n, const int *k, const double *alpha, const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c, const int *ldc);
extern void dtrsm_(const char *side, const char *uplo, const char *trans, const char *diag, const int *m, const int *n, const double *alpha, const double *a, const int *lda, double *b, const int *ldb);
extern void dtrsv_(const char *uplo, const char *trans, const char *diag, const int *n, const double *a, const int *lda, double *x, const int *incx);
extern void dgemv_(const char *trans, const int *m, const int *n, const double *alpha, const double *a, const int *lda, const double *x, const int *incx, const double *beta, double *y, const int *incy);

static int imin(int a, int b)
{
    return a < b ? a : b;
}

static int columns_of(const struct fab_supernodal *super, int s)
{
    return super->first[s + 1] - super->first[s];
}

static int rows_of(const struct fab_supernodal *super, int s)
{
    return super->row_start[s + 1] - super->row_start[s];
}

static size_t largest_block(const struct fab_supernodal *super)
{
    size_t most = 1;
    for (int s = 0; s < super->count; s++) {
        size_t block = (size_t)rows_of(super, s) * (size_t)columns_of(super, s);
        most = block > most ? block : most;
    }
    return most;
}

/* Rows of d that are columns of the same supernode as its row `from`: the end of them. */
static int end_of_group(const struct fab_supernodal *super, int d, int from)
{
    int to = from, last = super->first[super->supernode_of[super->row[from]] + 1];
    while (to < super->row_start[d + 1] && super->row[to] < last)
        to++;
    return to;
}

static size_t largest_update(const struct fab_supernodal *super)
{
    size_t most = 1;
    for (int d = 0; d < super->count; d++)
        for (int from = super->row_start[d] + columns_of(super, d), to; from < super->row_start[d + 1]; from = to) {
            to = end_of_group(super, d, from);
            size_t update = (size_t)(to - from) * (size_t)(super->row_start[d + 1] - from);
            most = update > most ? update : most;
        }
    return most;
}

fab_status fab_supernodal_init(fab_context *context, struct fab_supernodal *super)
{
    size_t size = (size_t)super->size + 1, count = (size_t)super->count + 1;
    super->value = calloc((size_t)super->value_start[super->count] + 1, sizeof *super->value);
    super->update = malloc(largest_update(super) * sizeof *super->update);
    super->scaled = malloc(largest_block(super) * sizeof *super->scaled);
    super->gathered = malloc(size * sizeof *super->gathered);
    super->local = malloc(size * sizeof *super->local);
    super->head = malloc(count * sizeof *super->head);
    super->next = malloc(count * sizeof *super->next);
    super->reached = malloc(count * sizeof *super->reached);
    bool taken = super->value && super->update && super->scaled && super->gathered && super->local && super->head && super->next && super->reached;
    return taken ? FAB_OK : fab_fail_memory(context);
}

void fab_supernodal_fini(struct fab_supernodal *super)
{
    free(super->value);
    free(super->update);
    free(super->scaled);
    free(super->gathered);
    free(super->local);
    free(super->head);
    free(super->next);
    free(super->reached);
}

int fab_supernodal_place(const struct fab_supernodal *super, int row, int column)
{
    int s = super->supernode_of[column], low = super->row_start[s], high = super->row_start[s + 1] - 1;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (super->row[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return super->value_start[s] + (column - super->first[s]) * rows_of(super, s) + low - super->row_start[s];
}

/* ---- a block */

/* LDL' of the square at the head of a panel, in place. */
static bool factorise_square(double *square, int rows, int width, const signed char *sign)
{
    for (int c = 0; c < width; c++) {
        double *column = square + (size_t)c * (size_t)rows, pivot = column[c];
        if (!(pivot * sign[c] > 0))
            return false;
        for (int j = c + 1; j < width; j++) {
            double *other = square + (size_t)j * (size_t)rows, share = column[j] / pivot;
            for (int i = j; i < width; i++)
                other[i] -= share * column[i];
        }
        for (int i = c + 1; i < width; i++)
            column[i] /= pivot;
    }
    return true;
}

/* The rows below the square: L D into work, L into the panel. */
static void factorise_below(double *square, int rows, int below, int width, double *work)
{
    static const double one = 1;
    dtrsm_("R", "L", "T", "U", &below, &width, &one, square, &rows, square + width, &rows);
    for (int c = 0; c < width; c++) {
        double *column = square + (size_t)c * (size_t)rows + width, *kept = work + (size_t)c * (size_t)below, share = 1 / square[(size_t)c * (size_t)rows + (size_t)c];
        for (int i = 0; i < below; i++) {
            kept[i] = column[i];
            column[i] *= share;
        }
    }
}

/* False when a pivot has not its sign, or the context asked to stop. */
static bool factorise_block(const fab_context *context, double *block, int rows, int columns, const signed char *sign, double *work)
{
    static const double one = 1, minus = -1;
    for (int k = 0; k < columns; k += PANEL) {
        int width = imin(PANEL, columns - k), below = rows - k - width;
        double *square = block + (size_t)k * (size_t)rows + k;
        if (fab_context_interrupted(context) || !factorise_square(square, rows, width, sign + k))
            return false;
        if (below > 0)
            factorise_below(square, rows, below, width, work);
        for (int j = k + width; j < columns; j += PANEL) {
            int wide = imin(PANEL, columns - j), high = rows - j;
            dgemm_("N", "T", &high, &wide, &width, &minus, square + (j - k), &rows, work + (j - k - width), &below, &one, block + (size_t)j * (size_t)rows + j, &rows);
        }
    }
    return true;
}

/* ---- updates */

/* What supernode d, from its row `from` on, takes from the columns of another one that its rows [from, to) are. */
struct update {
    const double *lower; /* of d, at row `from` */
    int rows_of_d, columns_of_d, high, wide;
    const int *row; /* from `from` on */
};

/* Rows of L times D of the columns that are updated. */
static void scale_rows(const struct update *update, const double *diagonal, double *scaled)
{
    for (int c = 0; c < update->columns_of_d; c++) {
        const double *column = update->lower + (size_t)c * (size_t)update->rows_of_d;
        double pivot = diagonal[(size_t)c * (size_t)update->rows_of_d + (size_t)c];
        for (int j = 0; j < update->wide; j++)
            scaled[(size_t)c * (size_t)update->wide + (size_t)j] = column[j] * pivot;
    }
}

static void multiply_by_loops(const struct update *update, const double *scaled, double *product)
{
    memset(product, 0, (size_t)update->high * (size_t)update->wide * sizeof *product);
    for (int c = 0; c < update->columns_of_d; c++) {
        const double *column = update->lower + (size_t)c * (size_t)update->rows_of_d;
        for (int j = 0; j < update->wide; j++) {
            double share = scaled[(size_t)c * (size_t)update->wide + (size_t)j], *result = product + (size_t)j * (size_t)update->high;
            for (int i = j; i < update->high; i++)
                result[i] += share * column[i];
        }
    }
}

static void multiply(const struct update *update, const double *scaled, double *product)
{
    static const double one = 1, zero = 0;
    if ((double)update->high * update->wide * update->columns_of_d < SMALL)
        multiply_by_loops(update, scaled, product);
    else
        dgemm_("N", "T", &update->high, &update->wide, &update->columns_of_d, &one, update->lower, &update->rows_of_d, scaled, &update->wide, &zero, product, &update->high);
}

static void subtract(const struct fab_supernodal *super, int s, const struct update *update)
{
    int rows = rows_of(super, s), first = super->first[s];
    double *block = super->value + super->value_start[s];
    for (int j = 0; j < update->wide; j++) {
        double *column = block + (size_t)(update->row[j] - first) * (size_t)rows;
        const double *product = super->update + (size_t)j * (size_t)update->high;
        for (int i = j; i < update->high; i++)
            column[super->local[update->row[i]]] -= product[i];
    }
}

/* d waits for the supernode that its next row belongs to. */
static void wait_for(struct fab_supernodal *super, int d)
{
    if (super->reached[d] == super->row_start[d + 1])
        return;
    int s = super->supernode_of[super->row[super->reached[d]]];
    super->next[d] = super->head[s];
    super->head[s] = d;
}

static void update_by(struct fab_supernodal *super, int s, int d)
{
    int from = super->reached[d], to = end_of_group(super, d, from), start = super->row_start[d];
    const double *block = super->value + super->value_start[d];
    const struct update update = {block + (from - start), rows_of(super, d), columns_of(super, d), super->row_start[d + 1] - from, to - from, super->row + from};
    scale_rows(&update, block, super->scaled);
    multiply(&update, super->scaled, super->update);
    subtract(super, s, &update);
    super->reached[d] = to;
}

fab_status fab_supernodal_factorise(fab_context *context, struct fab_supernodal *super, bool *done)
{
    memset(super->head, -1, ((size_t)super->count + 1) * sizeof *super->head);
    for (int s = 0; s < super->count; s++) {
        for (int r = super->row_start[s]; r < super->row_start[s + 1]; r++)
            super->local[super->row[r]] = r - super->row_start[s];
        for (int d = super->head[s], next; d >= 0; d = next) {
            next = super->next[d];
            update_by(super, s, d);
            wait_for(super, d);
        }
        *done = factorise_block(context, super->value + super->value_start[s], rows_of(super, s), columns_of(super, s), super->sign + super->first[s], super->scaled);
        if (!*done)
            return fab_context_interrupted(context) ? fab_fail(context, FAB_INTERRUPTED, "interrupted while solving") : FAB_OK;
        super->reached[s] = super->row_start[s] + columns_of(super, s);
        wait_for(super, s);
    }
    *done = true;
    return FAB_OK;
}

/* ---- solves */

static void solve_lower(const struct fab_supernodal *super, int s, double *vector)
{
    static const double one = 1, zero = 0;
    static const int step = 1;
    int rows = rows_of(super, s), columns = columns_of(super, s), below = rows - columns;
    const double *block = super->value + super->value_start[s];
    const int *row = super->row + super->row_start[s] + columns;
    double *own = vector + super->first[s], *sum = super->gathered;
    if (columns >= FEW) {
        dtrsv_("L", "N", "U", &columns, block, &rows, own, &step);
        dgemv_("N", &below, &columns, &one, block + columns, &rows, own, &step, &zero, sum, &step);
    } else {
        memset(sum, 0, (size_t)below * sizeof *sum);
        for (int c = 0; c < columns; c++) {
            const double *column = block + (size_t)c * (size_t)rows;
            for (int i = c + 1; i < columns; i++)
                own[i] -= column[i] * own[c];
            for (int i = 0; i < below; i++)
                sum[i] += column[columns + i] * own[c];
        }
    }
    for (int i = 0; i < below; i++)
        vector[row[i]] -= sum[i];
}

static void solve_upper(const struct fab_supernodal *super, int s, double *vector)
{
    static const double one = 1, minus = -1;
    static const int step = 1;
    int rows = rows_of(super, s), columns = columns_of(super, s), below = rows - columns;
    const double *block = super->value + super->value_start[s];
    const int *row = super->row + super->row_start[s] + columns;
    double *own = vector + super->first[s], *known = super->gathered;
    for (int i = 0; i < below; i++)
        known[i] = vector[row[i]];
    if (columns >= FEW) {
        dgemv_("T", &below, &columns, &minus, block + columns, &rows, known, &step, &one, own, &step);
        dtrsv_("L", "T", "U", &columns, block, &rows, own, &step);
        return;
    }
    for (int c = columns - 1; c >= 0; c--) {
        const double *column = block + (size_t)c * (size_t)rows;
        double sum = own[c];
        for (int i = c + 1; i < columns; i++)
            sum -= column[i] * own[i];
        for (int i = 0; i < below; i++)
            sum -= column[columns + i] * known[i];
        own[c] = sum;
    }
}

void fab_supernodal_solve(const struct fab_supernodal *super, double *vector)
{
    for (int s = 0; s < super->count; s++)
        solve_lower(super, s, vector);
    for (int s = 0; s < super->count; s++)
        for (int c = 0; c < columns_of(super, s); c++)
            vector[super->first[s] + c] /= super->value[super->value_start[s] + (int)((size_t)c * (size_t)(rows_of(super, s) + 1))];
    for (int s = super->count - 1; s >= 0; s--)
        solve_upper(super, s, vector);
}
