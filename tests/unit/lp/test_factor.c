/* Factors of A W A' and a share of its diagonal: right solutions, refusals, the name of the arithmetic.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "factor.h"
#include "listening_fixture.h"

enum { ROWS = 120, COLUMNS = 300, IN_COLUMN = 4 };

struct drawn {
    struct fab_factor_matrix matrix;
    int start[COLUMNS + 1], row_index[COLUMNS * IN_COLUMN];
    double value[COLUMNS * IN_COLUMN], weight[COLUMNS];
};

/* Column j: rows of step 31 from a first one, which all differ. */
static void draw_matrix(struct drawn *drawn, uint64_t *seed)
{
    int count = 0;
    for (int j = 0; j < COLUMNS; j++) {
        bool taken[ROWS] = {false};
        int first = random_below(seed, ROWS);
        drawn->start[j] = count;
        for (int k = 0; k < IN_COLUMN; k++)
            taken[(first + 31 * k) % ROWS] = true;
        for (int i = 0; i < ROWS; i++)
            if (taken[i]) {
                drawn->row_index[count] = i;
                drawn->value[count++] = 2 * random_unit(seed) - 1;
            }
        drawn->weight[j] = exp2(20 * random_unit(seed) - 10);
    }
    drawn->start[COLUMNS] = count;
    drawn->matrix = (struct fab_factor_matrix){ROWS, COLUMNS, drawn->start, drawn->row_index, drawn->value};
}

/* (A W A' + shift D) x, by itself. */
static void multiply(const struct drawn *drawn, double shift, const double *x, double *product)
{
    memset(product, 0, ROWS * sizeof *product);
    for (int j = 0; j < COLUMNS; j++) {
        double sum = 0;
        for (int k = drawn->start[j]; k < drawn->start[j + 1]; k++)
            sum += drawn->value[k] * x[drawn->row_index[k]];
        for (int k = drawn->start[j]; k < drawn->start[j + 1]; k++)
            product[drawn->row_index[k]] += drawn->value[k] * drawn->weight[j] * (sum + shift * drawn->value[k] * x[drawn->row_index[k]]);
    }
}

static void solves_what_it_multiplies(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    for (uint64_t seed = 1, drawing = 1; drawing <= 5; drawing++) {
        struct drawn drawn;
        fab_factor *factor = NULL;
        bool done = false;
        double x[ROWS], vector[ROWS], again[ROWS];
        draw_matrix(&drawn, &seed);
        assert_int_equal(FAB_OK, fab_factor_new(context, &drawn.matrix, &factor));
        assert_true(fab_factor_nonzeros(factor) >= ROWS);
        assert_true(fab_factor_flops(factor) >= fab_factor_nonzeros(factor));
        for (int time = 0; time < 2; time++) { /* other weights on the same pattern */
            for (int i = 0; i < ROWS; i++)
                x[i] = random_unit(&seed);
            multiply(&drawn, 1e-6, x, vector);
            assert_int_equal(FAB_OK, fab_factor_make(context, factor, drawn.weight, 1e-6, &done));
            assert_true(done);
            memcpy(again, vector, sizeof vector);
            assert_int_equal(FAB_OK, fab_factor_solve(context, factor, vector));
            assert_int_equal(FAB_OK, fab_factor_solve(context, factor, again));
            assert_memory_equal(vector, again, sizeof vector);
            for (int i = 0; i < ROWS; i++)
                assert_true(fabs(vector[i] - x[i]) <= 1e-7);
            for (int j = 0; j < COLUMNS; j++)
                drawn.weight[j] = 1 + random_unit(&seed);
        }
        fab_factor_free(factor);
    }
}

/* Rows that no column with a weight is in: singular without a shift, and no trouble with one. */
static void refuses_what_is_singular(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    struct drawn drawn;
    fab_factor *factor = NULL;
    bool done = true;
    double vector[ROWS] = {1};
    uint64_t seed = 7;
    draw_matrix(&drawn, &seed);
    memset(drawn.weight, 0, sizeof drawn.weight);
    assert_int_equal(FAB_OK, fab_factor_new(context, &drawn.matrix, &factor));
    assert_int_equal(FAB_OK, fab_factor_make(context, factor, drawn.weight, 0, &done));
    assert_false(done);
    assert_int_equal(FAB_OK, fab_factor_make(context, factor, drawn.weight, 4, &done));
    assert_true(done);
    assert_int_equal(FAB_OK, fab_factor_solve(context, factor, vector));
    assert_true(fabs(vector[0] - 0.25) <= 1e-15); /* a diagonal of 0 counts as 1 */
    fab_factor_free(factor);
}

static void takes_a_matrix_without_coefficients(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    const int start[3] = {0, 0, 0};
    const struct fab_factor_matrix matrix = {3, 2, start, NULL, NULL};
    const double weight[2] = {1, 1};
    fab_factor *factor = NULL;
    bool done = false;
    double vector[3] = {1, 2, 3};
    assert_int_equal(FAB_OK, fab_factor_new(context, &matrix, &factor));
    assert_int_equal(FAB_OK, fab_factor_make(context, factor, weight, 0.5, &done));
    assert_true(done);
    assert_int_equal(FAB_OK, fab_factor_solve(context, factor, vector));
    assert_true(fabs(vector[2] - 6) <= 1e-14);
    fab_factor_free(factor);
}

/* "CHOLMOD 3.0.14, OpenBLAS 0.3.21 CORE" */
static void names_its_arithmetic(void **state)
{
    (void)state;
    int version[3], openblas[3];
    char core[64];
    assert_int_equal(7, sscanf(fab_factor_arithmetic(), "CHOLMOD %d.%d.%d, OpenBLAS %d.%d.%d %63s", &version[0], &version[1], &version[2], &openblas[0], &openblas[1], &openblas[2], core));
    assert_ptr_equal(fab_factor_arithmetic(), fab_factor_arithmetic());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(solves_what_it_multiplies),
        TEST(refuses_what_is_singular),
        TEST(takes_a_matrix_without_coefficients),
        TEST(names_its_arithmetic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
