/* Messages, findings, interruption and the list of status codes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <fabplan/table.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct heard {
    int lines;
    fab_level level;
    char text[8192];
};

static void hear(void *user, fab_level level, const char *text)
{
    struct heard *heard = user;
    heard->lines++;
    heard->level = level;
    snprintf(heard->text, sizeof heard->text, "%s", text);
}

static void a_failure_leaves_its_message_and_gives_its_status(void **state)
{
    fab_context *context = fab_context_new();
    (void)state;
    assert_string_equal(fab_context_message(context), "");
    assert_int_equal(fab_fail(context, FAB_INPUT, "row %d: %s", 3, "bad"), FAB_INPUT);
    assert_string_equal(fab_context_message(context), "row 3: bad");
    assert_int_equal(fab_fail_in(context, FAB_OUTPUT, "file %s", "x.csv"), FAB_OUTPUT);
    assert_string_equal(fab_context_message(context), "file x.csv: row 3: bad");
    assert_int_equal(fab_fail_memory(context), FAB_NO_MEMORY);
    fab_context_free(context);
}

static void only_findings_are_counted_and_every_line_is_heard(void **state)
{
    struct heard heard = {0};
    fab_context *context = fab_context_new();
    (void)state;
    fab_say(context, FAB_LEVEL_FINDING, "heard by nobody");
    fab_context_set_sink(context, hear, &heard);
    fab_say(context, FAB_LEVEL_WARNING, "careful");
    fab_say(context, FAB_LEVEL_FINDING, "%s:%d", "f.csv", 2);
    assert_int_equal(fab_context_findings(context), 2);
    assert_int_equal(heard.lines, 2);
    assert_int_equal(heard.level, FAB_LEVEL_FINDING);
    assert_string_equal(heard.text, "f.csv:2");
    fab_context_free(context);
}

/* A text of two-byte characters that is too long ends with "..." and never in half a character. */
static void long_texts_are_cut_on_whole_characters(void **state)
{
    enum { CHARACTERS = 5000 };
    struct heard heard = {0};
    fab_context *context = fab_context_new();
    char *text = malloc(2 * CHARACTERS + 1);
    (void)state;
    for (int i = 0; i < CHARACTERS; i++)
        memcpy(text + 2 * i, "\xC3\xA4", 2);
    text[2 * CHARACTERS] = '\0';
    fab_context_set_sink(context, hear, &heard);
    for (int shift = 0; shift < 2; shift++) {
        fab_say(context, FAB_LEVEL_NOTE, "%s%s", shift ? "a" : "", text);
        size_t length = strlen(heard.text);
        assert_true(length > 1000 && length < 2 * CHARACTERS);
        assert_string_equal(heard.text + length - 3, "...");
        assert_int_equal((length - 3 - (size_t)shift) % 2, 0);
    }
    free(text);
    fab_context_free(context);
}

static void every_text_is_one_line_of_utf8(void **state)
{
    struct heard heard = {0};
    fab_context *context = fab_context_new();
    (void)state;
    fab_context_set_sink(context, hear, &heard);
    fab_say(context, FAB_LEVEL_NOTE, "a\nb\x1B[31m\tz%s\xC3\xA4", "\xC3-");
    assert_string_equal(heard.text, "a?b?[31m?z?-\xC3\xA4");
    fab_fail(context, FAB_DATABASE, "\xFFx\ry\n");
    assert_string_equal(fab_context_message(context), "?x?y?");
    fab_context_free(context);
}

static void interruption_is_remembered(void **state)
{
    fab_context *context = fab_context_new();
    (void)state;
    assert_false(fab_context_interrupted(context));
    fab_context_interrupt(context);
    assert_true(fab_context_interrupted(context));
    fab_context_free(context);
}

/* The exit codes are a contract (command-line.md). */
static void statuses_have_the_exit_codes_of_the_design(void **state)
{
    (void)state;
    assert_int_equal(fab_status_exit_code(FAB_OK), 0);
    assert_int_equal(fab_status_exit_code(FAB_INTERNAL), 1);
    assert_int_equal(fab_status_exit_code(FAB_USAGE), 2);
    assert_int_equal(fab_status_exit_code(FAB_INPUT), 3);
    assert_int_equal(fab_status_exit_code(FAB_REJECTED), 6);
    assert_int_equal(fab_status_exit_code(FAB_DATABASE), 7);
    assert_int_equal(fab_status_exit_code(FAB_BUSY), 8);
    assert_int_equal(fab_status_exit_code(FAB_OUTPUT), 9);
    assert_int_equal(fab_status_exit_code(FAB_INTERRUPTED), 130);
    assert_string_equal(fab_status_name(FAB_BUSY), "FAB_BUSY");
}

static const char *found_text(const fab_context *context, int row, const char *column)
{
    const fab_table *found = fab_context_found(context);
    const fab_value *value = fab_table_get(found, row, fab_table_find_column(found, column));
    return value->type == FAB_TEXT ? value->text : NULL;
}

static void findings_are_kept_as_data(void **state)
{
    fab_context *context = fab_context_new();
    const fab_finding finding = {.code = "number", .table = "demand", .column = "quantity", .value = "x", .file = "d.csv", .line = 3};
    (void)state;
    assert_null(fab_context_found(context));
    fab_say(context, FAB_LEVEL_NOTE, "notes are not kept");
    assert_null(fab_context_found(context));
    fab_find(context, FAB_LEVEL_FINDING, &finding, "d.csv:%d: bad", 3);
    fab_say_as(context, FAB_LEVEL_WARNING, "wip_waits", "slow");
    assert_int_equal(fab_table_rows(fab_context_found(context)), 2);
    assert_string_equal(found_text(context, 0, "level"), "finding");
    assert_string_equal(found_text(context, 0, "code"), "number");
    assert_string_equal(found_text(context, 0, "table"), "demand");
    assert_null(found_text(context, 0, "key"));
    assert_string_equal(found_text(context, 0, "text"), "d.csv:3: bad");
    assert_string_equal(found_text(context, 1, "level"), "warning");
    for (int i = 0; i < FAB_FINDINGS_KEPT + 5; i++)
        fab_find(context, FAB_LEVEL_FINDING, &finding, "again");
    assert_int_equal(fab_table_rows(fab_context_found(context)), FAB_FINDINGS_KEPT);
    assert_int_equal(fab_context_findings(context), FAB_FINDINGS_KEPT + 6);
    fab_context_free(context);
}

static void a_reset_forgets_everything_but_the_sink(void **state)
{
    struct heard heard = {0};
    fab_context *context = fab_context_new();
    (void)state;
    fab_context_set_sink(context, hear, &heard);
    fab_say(context, FAB_LEVEL_FINDING, "bad");
    fab_fail_as(context, FAB_INPUT, "no_plan", "failed");
    fab_context_interrupt(context);
    assert_true(fab_context_interrupted(context));
    fab_context_reset(context);
    assert_false(fab_context_interrupted(context));
    assert_null(fab_context_found(context));
    assert_int_equal(fab_context_findings(context), 0);
    assert_string_equal(fab_context_message(context), "");
    assert_string_equal(fab_context_code(context), "");
    fab_say(context, FAB_LEVEL_NOTE, "heard");
    assert_string_equal(heard.text, "heard");
    fab_context_free(context);
}

struct listener {
    const fab_context *context;
    char code[32];
};

static void hear_code(void *user, fab_level level, const char *text)
{
    struct listener *listener = user;
    (void)level, (void)text;
    snprintf(listener->code, sizeof listener->code, "%s", fab_context_code(listener->context));
}

static void a_sink_is_told_the_code_of_its_line(void **state)
{
    fab_context *context = fab_context_new();
    struct listener listener = {.context = context};
    (void)state;
    fab_context_set_sink(context, hear_code, &listener);
    fab_fail_as(context, FAB_USAGE, "no_plan", "no plan");
    fab_say_as(context, FAB_LEVEL_NOTE, "no_history", "nothing there");
    assert_string_equal(listener.code, "no_history");
    assert_string_equal(fab_context_code(context), "no_plan");
    fab_fail_in(context, FAB_USAGE, "x.db");
    assert_string_equal(fab_context_code(context), "no_plan");
    fab_fail(context, FAB_USAGE, "something else");
    assert_string_equal(fab_context_code(context), "");
    fab_context_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_leaves_its_message_and_gives_its_status),
        cmocka_unit_test(findings_are_kept_as_data),
        cmocka_unit_test(a_reset_forgets_everything_but_the_sink),
        cmocka_unit_test(a_sink_is_told_the_code_of_its_line),
        cmocka_unit_test(only_findings_are_counted_and_every_line_is_heard),
        cmocka_unit_test(long_texts_are_cut_on_whole_characters),
        cmocka_unit_test(every_text_is_one_line_of_utf8),
        cmocka_unit_test(interruption_is_remembered),
        cmocka_unit_test(statuses_have_the_exit_codes_of_the_design),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
