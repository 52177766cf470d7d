/* Changes to a sealed program: the same as if it had been made that way, and refused whole when wrong.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_change.h"
#include "random_lp.h"

static int set_up(void **state)
{
    *state = fab_context_new();
    return *state == NULL;
}

static int tear_down(void **state)
{
    fab_context_free(*state);
    return 0;
}

static void assert_same_program(const fab_lp *a, const fab_lp *b)
{
    assert_true(a->sealed && b->sealed);
    assert_int_equal(a->row_count, b->row_count);
    assert_int_equal(a->column_count, b->column_count);
    assert_int_equal(a->nonzero_count, b->nonzero_count);
    assert_true(a->objective_constant == b->objective_constant);
    for (int i = 0; i < a->row_count; i++) {
        assert_string_equal(a->row[i].name, b->row[i].name);
        assert_true(a->row[i].lower == b->row[i].lower && a->row[i].upper == b->row[i].upper);
        assert_memory_equal(&a->row[i].tag, &b->row[i].tag, sizeof a->row[i].tag);
    }
    for (int j = 0; j < a->column_count; j++) {
        const struct fab_lp_column *left = &a->column[j], *right = &b->column[j];
        assert_string_equal(left->name, right->name);
        assert_true(left->lower == right->lower && left->upper == right->upper && left->objective == right->objective);
        assert_memory_equal(&left->tag, &right->tag, sizeof left->tag);
        assert_int_equal(left->integer, right->integer);
    }
    assert_memory_equal(a->start, b->start, ((size_t)a->column_count + 1) * sizeof *a->start);
    if (a->nonzero_count) {
        assert_memory_equal(a->row_index, b->row_index, (size_t)a->nonzero_count * sizeof *a->row_index);
        assert_memory_equal(a->value, b->value, (size_t)a->nonzero_count * sizeof *a->value);
    }
}

static void a_copy_is_the_same_and_apart(void **state)
{
    fab_context *context = *state;
    fab_lp *lp = lp_from_dense(context, &dakota), *copy = NULL;
    lp->row[1].tag = (struct fab_tag){1, 2, 3, 4};
    lp->column[2].integer = true;
    assert_int_equal(FAB_OK, fab_lp_copy(context, lp, &copy));
    assert_same_program(lp, copy);
    assert_true(lp->row[0].name != copy->row[0].name && lp->column[0].name != copy->column[0].name);
    assert_int_equal(FAB_OK, fab_lp_set_row_limits(context, copy, 0, 1, 2));
    assert_true(lp->row[0].upper == 48);
    fab_lp_add(lp, 0, 0, 1);
    fab_lp *none = NULL;
    assert_int_equal(FAB_INTERNAL, fab_lp_copy(context, lp, &none)); /* not sealed */
    assert_null(none);
    fab_lp_free(lp);
    fab_lp_free(copy);
}

/* Until then they stand once in memory: a plan keeps its program, and the solver its own. */
static void copies_share_coefficients_until_one_changes_them(void **state)
{
    fab_context *context = *state;
    fab_lp *lp = lp_from_dense(context, &dakota), *second = NULL, *third = NULL;
    assert_int_equal(FAB_OK, fab_lp_copy(context, lp, &second));
    assert_int_equal(FAB_OK, fab_lp_copy(context, second, &third));
    assert_true(lp->value == second->value && lp->start == third->start && lp->row_index == third->row_index);
    const int place[] = {0, 2};
    const double one[] = {1, -1};
    const struct fab_lp_terms terms = {2, place, one};
    assert_int_equal(FAB_OK, fab_lp_insert_row(context, second, &(struct fab_lp_row){.name = "more", .lower = 0, .upper = 1}, &terms));
    assert_int_equal(FAB_OK, fab_lp_insert_column(context, third, &(struct fab_lp_column){.name = "more", .lower = 0, .upper = 1}, &terms));
    assert_true(lp->value != second->value && lp->value != third->value && second->value != third->value);
    assert_int_equal(lp->nonzero_count + 2, second->nonzero_count);
    assert_int_equal(lp->nonzero_count + 2, third->nonzero_count);
    fab_lp *again = lp_from_dense(context, &dakota);
    assert_same_program(lp, again);
    fab_lp_add(lp, 0, 0, 1);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    assert_true(again->value[0] + 1 == lp->value[0]);
    assert_true(second->value[0] == again->value[0]);
    fab_lp_free(lp);
    fab_lp_free(second);
    fab_lp_free(third);
    fab_lp_free(again);
}

/* Sealing takes the list of coefficients; what is added later is summed with it. */
static void sealing_again_sums(void **state)
{
    fab_context *context = *state;
    fab_lp *lp = lp_from_dense(context, &dakota);
    fab_lp_add(lp, 1, 0, 0.5);
    fab_lp_add(lp, 2, 1, -1.5);
    int row = fab_lp_add_row(lp, "new", 0, 1), column = fab_lp_add_column(lp, "y", 0, 1, 1);
    fab_lp_add(lp, row, column, 7);
    fab_lp_add(lp, 0, column, 3);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp)); /* nothing new */
    const int start[] = {0, 3, 5, 8, 10}, rows[] = {0, 1, 2, 0, 1, 0, 1, 2, 0, 3};
    const double values[] = {8, 4.5, 2, 6, 2, 1, 1.5, 0.5, 3, 7};
    assert_int_equal(10, lp->nonzero_count);
    assert_memory_equal(lp->start, start, sizeof start);
    assert_memory_equal(lp->row_index, rows, sizeof rows);
    assert_memory_equal(lp->value, values, sizeof values);
    fab_lp_free(lp);
}

/* A random program, made at once, and made of its first rows and columns with the others inserted in turn. */
static void inserted_is_as_if_made_so(void **state)
{
    fab_context *context = *state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        static const struct random_shape shape = {12, 17, 0.3, 0, false, 0};
        uint64_t random = seed;
        fab_lp *whole = fab_lp_new("p"), *part = fab_lp_new("p");
        make_random(seed, &shape, whole);
        assert_int_equal(FAB_OK, fab_lp_seal(context, whole));
        assert_int_equal(FAB_OK, fab_lp_seal(context, part));
        while (part->row_count < whole->row_count || part->column_count < whole->column_count) {
            int index[32], count = 0;
            double value[32];
            bool takes_row = part->column_count == whole->column_count || (part->row_count < whole->row_count && random_below(&random, 2));
            for (int j = 0; j < whole->column_count; j++) {
                for (int k = whole->start[j]; k < whole->start[j + 1]; k++) {
                    bool wanted = takes_row ? whole->row_index[k] == part->row_count && j < part->column_count
                                            : j == part->column_count && whole->row_index[k] < part->row_count;
                    if (wanted) {
                        index[count] = takes_row ? j : whole->row_index[k];
                        value[count++] = whole->value[k];
                    }
                }
            }
            for (int k = 0; k < count / 2; k++) { /* backwards: the order of the terms does not matter */
                int swapped_index = index[k];
                double swapped = value[k];
                index[k] = index[count - 1 - k];
                value[k] = value[count - 1 - k];
                index[count - 1 - k] = swapped_index;
                value[count - 1 - k] = swapped;
            }
            const struct fab_lp_terms terms = {count, index, value};
            if (takes_row)
                assert_int_equal(FAB_OK, fab_lp_insert_row(context, part, &whole->row[part->row_count], &terms));
            else
                assert_int_equal(FAB_OK, fab_lp_insert_column(context, part, &whole->column[part->column_count], &terms));
        }
        assert_same_program(whole, part);
        assert_int_equal(FAB_OK, fab_lp_validate(context, part));
        fab_lp_free(whole);
        fab_lp_free(part);
    }
}

static void names_tags_and_zeros(void **state)
{
    fab_context *context = *state;
    fab_lp *lp = lp_from_dense(context, &dakota);
    char name[] = "gone";
    const int index[] = {0, 1, 2};
    const double value[] = {1, 0, 2};
    const struct fab_lp_terms terms = {3, index, value};
    const struct fab_lp_row row = {.name = name, .lower = 0, .upper = 1, .tag = {5, 6, 7, 8}};
    const struct fab_lp_column column = {.name = name, .upper = 1, .objective = 2, .tag = {9, 8, 7, 6}, .integer = true};
    assert_int_equal(FAB_OK, fab_lp_insert_row(context, lp, &row, &terms));
    assert_int_equal(FAB_OK, fab_lp_insert_column(context, lp, &column, &terms));
    name[0] = 'x';
    assert_string_equal("gone", lp->row[3].name);
    assert_string_equal("gone", lp->column[3].name);
    assert_int_equal(5, lp->row[3].tag.family);
    assert_int_equal(6, lp->column[3].tag.period);
    assert_true(lp->column[3].integer);
    assert_int_equal(9 - 0 + 2 + 2, lp->nonzero_count); /* zeros are dropped */
    fab_lp_free(lp);
}

static void wrong_changes_change_nothing(void **state)
{
    fab_context *context = *state;
    fab_lp *lp = lp_from_dense(context, &dakota), *before = NULL;
    assert_int_equal(FAB_OK, fab_lp_copy(context, lp, &before));
    const double bad[] = {NAN, -INFINITY, 1e300};
    const struct fab_lp_row row = {.name = "r", .lower = 0, .upper = 1, .tag = FAB_NO_TAG};
    const struct fab_lp_column column = {.name = "c", .lower = 0, .upper = 1, .tag = FAB_NO_TAG};
    const struct fab_lp_terms none = {0, NULL, NULL};
    for (int k = 0; k < 3; k++) {
        const double objective[] = {1, 2, bad[k]};
        struct fab_lp_row bad_row = row;
        struct fab_lp_column bad_column = column;
        bad_row.upper = bad[k];
        bad_column.objective = bad[k];
        assert_int_equal(FAB_INTERNAL, fab_lp_set_objective(context, lp, objective, 0));
        assert_int_equal(FAB_INTERNAL, fab_lp_set_objective(context, lp, (const double[]){1, 2, 3}, bad[k]));
        assert_int_equal(FAB_INTERNAL, fab_lp_set_row_limits(context, lp, 0, 0, bad[k]));
        assert_int_equal(FAB_INTERNAL, fab_lp_set_column_limits(context, lp, 0, bad[k], 1));
        assert_int_equal(FAB_INTERNAL, fab_lp_insert_row(context, lp, &bad_row, &none));
        assert_int_equal(FAB_INTERNAL, fab_lp_insert_column(context, lp, &bad_column, &none));
    }
    assert_int_equal(FAB_INTERNAL, fab_lp_set_row_limits(context, lp, 0, 2, 1));
    assert_int_equal(FAB_INTERNAL, fab_lp_set_column_limits(context, lp, 0, 2, 1));
    const int places[] = {-1, 3};
    for (int k = 0; k < 2; k++) {
        assert_int_equal(FAB_INTERNAL, fab_lp_set_row_limits(context, lp, places[k], 0, 1));
        assert_int_equal(FAB_INTERNAL, fab_lp_set_column_limits(context, lp, places[k], 0, 1));
    }
    const int outside[] = {0, 3}, twice[] = {1, 1}, right[] = {0, 1};
    const double ones[] = {1, 1}, wrong[] = {1, NAN};
    const struct fab_lp_terms refused[] = {{2, outside, ones}, {2, twice, ones}, {2, right, wrong}};
    for (int k = 0; k < 3; k++) {
        assert_int_equal(FAB_INTERNAL, fab_lp_insert_row(context, lp, &row, &refused[k]));
        assert_int_equal(FAB_INTERNAL, fab_lp_insert_column(context, lp, &column, &refused[k]));
    }
    assert_same_program(lp, before);
    fab_lp_free(lp);
    fab_lp_free(before);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_copy_is_the_same_and_apart), TEST(copies_share_coefficients_until_one_changes_them), TEST(sealing_again_sums),           TEST(inserted_is_as_if_made_so),
        TEST(names_tags_and_zeros),         TEST(wrong_changes_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
