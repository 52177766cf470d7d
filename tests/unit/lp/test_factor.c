/* Factors of A W A' and a share of its diagonal: right solutions, refusals, the name of the arithmetic.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "factor.h"
#include "listening_fixture.h"

#include <time.h>

enum { ROWS = 120, COLUMNS = 300, IN_COLUMN = 4, IN_LONG = 12, ALL = COLUMNS * IN_LONG };

struct drawn {
    struct fab_factor_matrix matrix;
    int start[COLUMNS + 1], row_index[ALL];
    double value[ALL], weight[COLUMNS];
};

/* Column j: rows of step 31 from a first one, which all differ; every third one is long. */
static void draw_matrix(struct drawn *drawn, uint64_t *seed)
{
    int count = 0;
    for (int j = 0; j < COLUMNS; j++) {
        bool taken[ROWS] = {false};
        int first = random_below(seed, ROWS);
        drawn->start[j] = count;
        for (int k = 0; k < (j % 3 ? IN_COLUMN : IN_LONG); k++)
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
    for (uint64_t seed = 1, drawing = 1; drawing <= 6; drawing++) {
        struct drawn drawn;
        fab_factor *factor = NULL;
        bool done = false;
        double x[ROWS], vector[ROWS], again[ROWS];
        draw_matrix(&drawn, &seed);
        assert_int_equal(FAB_OK, fab_factor_new(context, &drawn.matrix, drawing % 2 ? FAB_FACTOR_AUGMENTED : FAB_FACTOR_NORMAL, &factor));
        assert_true(fab_factor_nonzeros(factor) >= ROWS);
        assert_true(fab_factor_flops(factor) >= fab_factor_nonzeros(factor));
        for (int time = 0; time < 2; time++) { /* other weights on the same pattern */
            for (int i = 0; i < ROWS; i++)
                x[i] = random_unit(&seed);
            multiply(&drawn, 1e-6, x, vector);
            assert_int_equal(FAB_OK, fab_factor_make(context, factor, drawn.weight, 1e-6, &done));
            assert_true(done);
            memcpy(again, vector, sizeof vector);
            fab_factor_solve(factor, vector);
            fab_factor_solve(factor, again);
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
    assert_int_equal(FAB_OK, fab_factor_new(context, &drawn.matrix, FAB_FACTOR_NORMAL, &factor));
    assert_int_equal(FAB_OK, fab_factor_make(context, factor, drawn.weight, 0, &done));
    assert_false(done);
    assert_int_equal(FAB_OK, fab_factor_make(context, factor, drawn.weight, 4, &done));
    assert_true(done);
    fab_factor_solve(factor, vector);
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
    assert_int_equal(FAB_OK, fab_factor_new(context, &matrix, FAB_FACTOR_AUGMENTED, &factor));
    assert_int_equal(FAB_OK, fab_factor_make(context, factor, weight, 0.5, &done));
    assert_true(done);
    fab_factor_solve(factor, vector);
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

/* Edges of a cube of points as columns: A W A' is the cube's Laplacian, whose factor takes some 1e10 operations in many small blocks. */
enum { SIDE = 40, POINTS = SIDE * SIDE * SIDE, EDGES = 3 * SIDE * SIDE * (SIDE - 1) };

struct cube {
    int start[EDGES + 1], row_index[2 * EDGES];
    double value[2 * EDGES], weight[EDGES];
};

static void add_edge(struct cube *cube, int *count, int from, int to)
{
    cube->row_index[2 * *count] = from;
    cube->row_index[2 * *count + 1] = to;
    cube->value[2 * *count] = 1;
    cube->value[2 * *count + 1] = -1;
    cube->weight[(*count)++] = 1;
    cube->start[*count] = 2 * *count;
}

static struct cube *make_cube(void)
{
    struct cube *cube = calloc(1, sizeof *cube);
    int count = 0;
    for (int point = 0; point < POINTS; point++) {
        if (point % SIDE < SIDE - 1)
            add_edge(cube, &count, point, point + 1);
        if (point / SIDE % SIDE < SIDE - 1)
            add_edge(cube, &count, point, point + SIDE);
        if (point / SIDE / SIDE < SIDE - 1)
            add_edge(cube, &count, point, point + SIDE * SIDE);
    }
    assert_int_equal(EDGES, count);
    return cube;
}

/* Largest |b - (A W A' + shift D) x| of the cube, b the first unit vector. */
static double residual_of(const struct cube *cube, double shift, const double *x)
{
    double largest = 0, *left = calloc(POINTS, sizeof *left);
    left[0] = 1;
    for (int j = 0; j < EDGES; j++) {
        int a = cube->row_index[2 * j], b = cube->row_index[2 * j + 1];
        left[a] -= x[a] - x[b] + shift * x[a];
        left[b] -= x[b] - x[a] + shift * x[b];
    }
    for (int i = 0; i < POINTS; i++)
        largest = fmax(largest, fabs(left[i]));
    free(left);
    return largest;
}

/* Processor seconds of a factorisation. */
static double time_make(fab_context *context, fab_factor *factor, const double *weight, fab_status expected)
{
    bool done;
    clock_t began = clock();
    assert_int_equal(expected, fab_factor_make(context, factor, weight, 1e-9, &done));
    assert_int_equal(expected == FAB_OK, done);
    return (double)(clock() - began) / CLOCKS_PER_SEC;
}

/* Who asks to stop does not wait for the end of a long factorisation, and the next one is none the worse for it. */
static void is_broken_off(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    struct cube *cube = make_cube();
    const struct fab_factor_matrix matrix = {POINTS, EDGES, cube->start, cube->row_index, cube->value};
    fab_factor *factor = NULL;
    double *vector = calloc(POINTS, sizeof *vector), *again = calloc(POINTS, sizeof *again);
    assert_int_equal(FAB_OK, fab_factor_new(context, &matrix, FAB_FACTOR_AUGMENTED, &factor));
    assert_true(fab_factor_flops(factor) > 4e9);
    double whole = time_make(context, factor, cube->weight, FAB_OK);
    vector[0] = again[0] = 1;
    fab_factor_solve(factor, vector);
    assert_true(vector[0] > 1); /* hardly held down by the shift */
    assert_true(residual_of(cube, 1e-9, vector) <= 1e-9);
    fab_context_interrupt(context);
    double broken = time_make(context, factor, cube->weight, FAB_INTERRUPTED);
    print_message("factorised in %.2f s, broken off after %.2f\n", whole, broken);
    if (broken > whole / 2)
        fail_msg("broken off after %g s of %g", broken, whole);
    fab_context_reset(context);
    time_make(context, factor, cube->weight, FAB_OK);
    fab_factor_solve(factor, again);
    assert_memory_equal(vector, again, POINTS * sizeof *vector);
    fab_factor_free(factor);
    free(vector);
    free(again);
    free(cube);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(solves_what_it_multiplies),
        TEST(refuses_what_is_singular),
        TEST(takes_a_matrix_without_coefficients),
        TEST(names_its_arithmetic),
        TEST(is_broken_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
