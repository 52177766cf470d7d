/* Every fault of tests/faults/{import,history}_faults.txt: bad input is named, to the character, and changes nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include <ctype.h>

enum { FILES_MAX = 32, TEXT_MAX = 200000, EXPECTED_MAX = 120, NAME_SIZE = 128 };

struct text_file {
    char name[NAME_SIZE];
    char *bytes;
    size_t size;
    bool removed;
};

struct fault_case {
    char name[NAME_SIZE];
    int line;
    struct text_file files[FILES_MAX];
    int file_count;
    char status[NAME_SIZE];
    char *expected[EXPECTED_MAX];
    int expected_count;
};

/* ---- reading the table of faults ---- */

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* \xNN a byte, \r, \t, \\, \{COUNT*TEXT} a repetition. */
static size_t unescape(const char *text, char *out)
{
    size_t size = 0;
    for (; *text; text++) {
        if (*text != '\\') {
            out[size++] = *text;
        } else if (text[1] == 'x') {
            out[size++] = (char)(hex_digit(text[2]) * 16 + hex_digit(text[3]));
            text += 3;
        } else if (text[1] == '{') {
            char *star, *close = strchr(text, '}');
            long count = strtol(text + 2, &star, 10);
            assert_true(*star == '*' && close);
            for (; count > 0; count--, size += (size_t)(close - star - 1))
                memcpy(out + size, star + 1, (size_t)(close - star - 1));
            text = close;
        } else {
            text++;
            out[size++] = *text == 'r' ? '\r' : *text == 't' ? '\t' : *text;
        }
        assert_true(size < TEXT_MAX - 1000);
    }
    return size;
}

static struct text_file *find_file(struct fault_case *fault, const char *name)
{
    for (int f = 0; f < fault->file_count; f++)
        if (strcmp(fault->files[f].name, name) == 0)
            return &fault->files[f];
    assert_true(fault->file_count < FILES_MAX);
    struct text_file *file = &fault->files[fault->file_count++];
    snprintf(file->name, sizeof file->name, "%s", name);
    return file;
}

static void append(struct text_file *file, const char *text, bool line_end)
{
    static char bytes[TEXT_MAX];
    size_t size = unescape(text, bytes);
    if (line_end)
        bytes[size++] = '\n';
    file->bytes = realloc(file->bytes, file->size + size + 1);
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

/* The case adds to the file of the base data set. */
static void copy_from(const struct fault_case *base, struct text_file *file)
{
    for (int f = 0; f < base->file_count; f++)
        if (strcmp(base->files[f].name, file->name) == 0 && !file->bytes) {
            file->bytes = malloc(base->files[f].size + 1);
            memcpy(file->bytes, base->files[f].bytes, base->files[f].size);
            file->size = base->files[f].size;
        }
}

static void clear_case(struct fault_case *fault)
{
    for (int f = 0; f < fault->file_count; f++)
        free(fault->files[f].bytes);
    for (int e = 0; e < fault->expected_count; e++)
        free(fault->expected[e]);
    memset(fault, 0, sizeof *fault);
}

static const char *after(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0 ? line + strlen(word) : NULL;
}

/* Takes a line of the table into the case; false when the line begins the next one. */
static bool take_line(const struct fault_case *base, struct fault_case *fault, struct text_file **file, char *line)
{
    const char *rest;
    if (*line == '\0' || *line == '#')
        return true;
    if (after(line, "case: ")) {
        return false;
    } else if ((rest = after(line, "file: ")) != NULL) {
        *file = find_file(fault, rest);
        (*file)->size = 0;
    } else if ((rest = after(line, "append: ")) != NULL) {
        *file = find_file(fault, rest);
        copy_from(base, *file);
    } else if ((rest = after(line, "remove: ")) != NULL) {
        find_file(fault, rest)->removed = true;
    } else if ((rest = after(line, "| ")) != NULL || strcmp(line, "|") == 0) {
        append(*file, rest ? rest : "", true);
    } else if ((rest = after(line, "|= ")) != NULL) {
        append(*file, rest, false);
    } else if ((rest = after(line, "status: ")) != NULL) {
        snprintf(fault->status, sizeof fault->status, "%s", rest);
    } else if ((rest = after(line, "> ")) != NULL) {
        assert_true(fault->expected_count < EXPECTED_MAX);
        fault->expected[fault->expected_count] = calloc(1, TEXT_MAX);
        unescape(rest, fault->expected[fault->expected_count++]);
    } else {
        fail_msg("line not understood: %s", line);
    }
    return true;
}

/* ---- running a case ---- */

static void write_files(struct fixture *fixture, const struct fault_case *base, const struct fault_case *fault)
{
    for (int f = 0; f < base->file_count; f++)
        fixture_write(fixture, base->files[f].name, base->files[f].bytes, base->files[f].size);
    for (int f = 0; f < fault->file_count; f++) {
        const struct text_file *file = &fault->files[f];
        char path[FIXTURE_PATH_SIZE * 2];
        if (file->removed)
            unlink(fixture_path(fixture, file->name, path));
        else
            fixture_write(fixture, file->name, file->bytes ? file->bytes : "", file->size);
    }
}

/* Lines of messages without the folder's name. */
static const char *without_folder(const struct fixture *fixture, const char *line)
{
    size_t length = strlen(fixture->folder);
    return strncmp(line, fixture->folder, length) == 0 ? line + length + 1 : line;
}

static int compare(struct fixture *fixture, const struct fault_case *fault, fab_status status)
{
    int wrong = strcmp(fab_status_name(status), fault->status) != 0;
    wrong |= fixture->line_count != fault->expected_count;
    for (int i = 0; i < fixture->line_count && i < fault->expected_count && !wrong; i++)
        wrong = strcmp(without_folder(fixture, fixture->lines[i]), fault->expected[i]) != 0;
    if (!wrong)
        return 0;
    print_error("case '%s' (line %d): status %s (%s)\n", fault->name, fault->line, fab_status_name(status),
                fab_context_message(fixture->context));
    for (int i = 0; i < fixture->line_count; i++)
        print_error("  got      %.600s\n", without_folder(fixture, fixture->lines[i]));
    for (int i = 0; i < fault->expected_count; i++)
        print_error("  expected %.600s\n", fault->expected[i]);
    return 1;
}

static int run_case(const struct fault_case *base, const struct fault_case *fault)
{
    void *state;
    fab_store *store = NULL;
    char before[65], after_import[65];
    fixture_setup(&state);
    struct fixture *fixture = state;
    const char *paths[] = {fixture->folder};
    write_files(fixture, base, fault);
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, before));
    fab_status status = fab_csv_import(fixture->context, store, paths, 1, NULL, NULL);
    int wrong = compare(fixture, fault, status);
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, after_import));
    if ((strcmp(before, after_import) == 0) != (status != FAB_OK)) {
        print_error("case '%s' (line %d): the database %s\n", fault->name, fault->line, status == FAB_OK ? "is unchanged" : "was changed");
        wrong = 1;
    }
    fab_store_close(store);
    fixture_teardown(&state);
    return wrong;
}

static void run_table(const char *path, int least)
{
    static struct fault_case base, fault;
    struct text_file *file = NULL;
    int wrong = 0, cases = 0, number = 0;
    bool in_base = true;
    char *line = NULL;
    size_t capacity = 0;
    FILE *table = fopen(path, "r");
    assert_non_null(table);
    for (ssize_t length; (length = getline(&line, &capacity, table)) >= 0;) {
        number++;
        if (length > 0 && line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (take_line(&base, in_base ? &base : &fault, &file, line))
            continue;
        if (!in_base)
            wrong += run_case(&base, &fault);
        clear_case(&fault);
        snprintf(fault.name, sizeof fault.name, "%s", after(line, "case: "));
        fault.line = number;
        in_base = false;
        cases++;
    }
    wrong += run_case(&base, &fault);
    clear_case(&fault);
    clear_case(&base);
    free(line);
    fclose(table);
    assert_int_equal(wrong, 0);
    assert_true(cases > least);
}

static void every_fault_is_named_and_changes_nothing(void **unused)
{
    (void)unused;
    run_table(FAB_SOURCE_FOLDER "/tests/faults/import_faults.txt", 50);
}

static void every_rule_of_the_history_is_kept(void **unused)
{
    (void)unused;
    run_table(FAB_SOURCE_FOLDER "/tests/faults/history_faults.txt", 26);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_fault_is_named_and_changes_nothing),
                                       cmocka_unit_test(every_rule_of_the_history_is_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
