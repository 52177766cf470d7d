/* Files and folders that appear complete or not at all; failures of the operating system.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "fail.h"
#include "output.h"
#include "own_name.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

enum { PATH_SIZE = FIXTURE_PATH_SIZE * 2 };

static int count_names(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return count;
}

static void assert_text(const char *path, const char *expected)
{
    size_t size;
    char *text = fixture_read(path, &size);
    assert_string_equal(text, expected);
    free(text);
}

static void a_file_replaces_an_old_one_when_it_is_committed(void **state)
{
    struct fixture *fixture = *state;
    struct fab_output output;
    char path[PATH_SIZE];
    fixture_write(fixture, "file", "old", 3);
    fixture_path(fixture, "file", path);
    fixture_ok(fixture, fab_output_begin(fixture->context, path, &output));
    fixture_ok(fixture, fab_output_write(fixture->context, &output, "new", 3));
    assert_text(path, "old");
    assert_int_equal(count_names(fixture->folder), 2);
    fixture_ok(fixture, fab_output_commit(fixture->context, &output));
    fab_output_end(&output);
    assert_text(path, "new");
    assert_int_equal(count_names(fixture->folder), 1);
}

static void a_file_that_is_not_committed_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct fab_output output;
    char path[PATH_SIZE];
    fixture_ok(fixture, fab_output_begin(fixture->context, fixture_path(fixture, "file", path), &output));
    fixture_ok(fixture, fab_output_write(fixture->context, &output, "new", 3));
    fab_output_end(&output);
    assert_int_equal(count_names(fixture->folder), 0);
    assert_int_equal(fab_output_begin(fixture->context, fixture_path(fixture, "no/file", path), &output), FAB_OUTPUT);
    fab_output_end(&output);
}

static void write_in(const char *folder, const char *name, const char *text)
{
    char path[PATH_SIZE * 2];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void a_new_folder_appears_whole(void **state)
{
    struct fixture *fixture = *state;
    const char *temporary = NULL;
    char path[PATH_SIZE], file[PATH_SIZE];
    fab_arena *arena = fab_arena_new();
    fixture_path(fixture, "new", path);
    fixture_ok(fixture, fab_folder_begin(fixture->context, arena, path, &temporary));
    write_in(temporary, "a", "1");
    assert_int_equal(access(path, F_OK), -1);
    fixture_ok(fixture, fab_folder_commit(fixture->context, temporary, path));
    assert_int_equal(count_names(fixture->folder), 1);
    assert_text(fixture_path(fixture, "new/a", file), "1");
    assert_int_equal(fab_folder_begin(fixture->context, arena, path, &temporary), FAB_USAGE); /* not empty */
    fab_arena_free(arena);
}

static void files_move_into_a_folder_and_the_others_stay(void **state)
{
    struct fixture *fixture = *state;
    const char *temporary = NULL;
    char path[PATH_SIZE];
    fab_arena *arena = fab_arena_new();
    fixture_write(fixture, "a", "old", 3);
    fixture_write(fixture, "b", "old", 3);
    fixture_ok(fixture, fab_folder_begin_inside(fixture->context, arena, fixture->folder, &temporary));
    write_in(temporary, "a", "new");
    write_in(temporary, "c", "new");
    assert_text(fixture_path(fixture, "a", path), "old");
    fixture_ok(fixture, fab_folder_commit_inside(fixture->context, temporary, fixture->folder));
    assert_text(fixture_path(fixture, "a", path), "new");
    assert_text(fixture_path(fixture, "b", path), "old");
    assert_text(fixture_path(fixture, "c", path), "new");
    assert_int_equal(count_names(fixture->folder), 3);
    fixture_ok(fixture, fab_folder_begin_inside(fixture->context, arena, fixture->folder, &temporary));
    write_in(temporary, "a", "newer");
    fab_folder_remove(temporary);
    assert_text(fixture_path(fixture, "a", path), "new");
    assert_int_equal(count_names(fixture->folder), 3);
    fab_arena_free(arena);
}

/* A child that has ended leaves its name to nobody. */
static long ended_process(void)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return (long)child;
}

/* The first part of an own name: the host's. */
static void own_host(char host[FAB_OWN_NAME_ROOM])
{
    fab_own_name(host, FAB_OWN_NAME_ROOM, 0);
    *strchr(host, '-') = '\0';
}

static void what_killed_processes_left_is_removed(void **state)
{
    struct fixture *fixture = *state;
    struct fab_output output;
    char path[PATH_SIZE], host[FAB_OWN_NAME_ROOM], name[FAB_OWN_NAME_ROOM * 2];
    long ended = ended_process();
    own_host(host);
    const struct {
        const char *before, *host, *behind;
        long process;
    } kept[] = {{".fabplan-", host, "-0.tmp.bak", ended}, {".fabplan-", "00000000", "-0.tmp", ended}, {"fabplan-", host, "-0.tmp", ended}, {".fabplan-", host, "-x.tmp", ended},
                {".fabplan-", host, "-0.tmp", (long)getppid()} /* still at work */};
    for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
        snprintf(name, sizeof name, "%s%s-%ld%s", kept[k].before, kept[k].host, kept[k].process, kept[k].behind);
        fixture_write(fixture, name, "kept", 4);
    }
    for (int k = 0; k < 3; k++) {
        snprintf(name, sizeof name, ".fabplan-%s-%ld-%d.tmp", host, ended, k);
        fixture_write(fixture, name, "left", 4);
    }
    assert_int_equal(count_names(fixture->folder), 8);
    fixture_ok(fixture, fab_output_begin(fixture->context, fixture_path(fixture, "file", path), &output));
    assert_int_equal(count_names(fixture->folder), 6); /* the five and the new one */
    fab_output_end(&output);
}

/* A process that has ended, and for which nobody has asked. */
static void what_a_process_left_that_nobody_asks_for_is_removed(void **state)
{
    struct fixture *fixture = *state;
    struct fab_output output;
    char path[PATH_SIZE], host[FAB_OWN_NAME_ROOM], name[FAB_OWN_NAME_ROOM * 2];
    siginfo_t ended;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    assert_int_equal(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT), 0);
    own_host(host);
    snprintf(name, sizeof name, ".fabplan-%s-%ld-0.tmp", host, (long)child);
    fixture_write(fixture, name, "left", 4);
    fixture_ok(fixture, fab_output_begin(fixture->context, fixture_path(fixture, "file", path), &output));
    assert_int_equal(count_names(fixture->folder), 1);
    fab_output_end(&output);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void folders_that_killed_processes_left_are_removed(void **state)
{
    struct fixture *fixture = *state;
    fab_arena *arena = fab_arena_new();
    char path[PATH_SIZE], host[FAB_OWN_NAME_ROOM], name[FAB_OWN_NAME_ROOM * 2];
    const char *temporary;
    long ended = ended_process();
    own_host(host);
    snprintf(name, sizeof name, "out.part-%s-%ld-0", host, ended);
    assert_int_equal(mkdir(fixture_path(fixture, name, path), 0777), 0);
    write_in(path, "table.csv", "left");
    snprintf(name, sizeof name, "other.part-%s-%ld-0", host, ended); /* of another output */
    assert_int_equal(mkdir(fixture_path(fixture, name, path), 0777), 0);
    fixture_ok(fixture, fab_folder_begin(fixture->context, arena, fixture_path(fixture, "out/", path), &temporary));
    assert_int_equal(count_names(fixture->folder), 2);
    assert_int_equal(access(fixture_path(fixture, name, path), F_OK), 0);
    fab_folder_remove(temporary);
    rmdir(path);
    fab_arena_free(arena);
}

static void a_link_is_no_place_for_a_file(void **state)
{
    struct fixture *fixture = *state;
    struct fab_output output;
    char path[PATH_SIZE], target[PATH_SIZE];
    fixture_write(fixture, "target", "old", 3);
    assert_int_equal(symlink("target", fixture_path(fixture, "link", path)), 0);
    assert_int_equal(fab_output_begin(fixture->context, path, &output), FAB_OUTPUT);
    assert_non_null(strstr(fab_context_message(fixture->context), "is a symbolic link"));
    fab_output_end(&output);
    assert_text(fixture_path(fixture, "target", target), "old");
    assert_int_equal(count_names(fixture->folder), 2);
}

static void what_the_system_says_becomes_the_message(void **state)
{
    struct fixture *fixture = *state;
    errno = ENOSPC;
    assert_int_equal(fab_fail_errno(fixture->context, FAB_OUTPUT, "%s: %d", "file", 7), FAB_OUTPUT);
    assert_string_equal(fab_context_message(fixture->context), "file: 7: No space left on device");
    errno = ENOMEM;
    assert_int_equal(fab_fail_errno(fixture->context, FAB_INPUT, "file"), FAB_NO_MEMORY);
    assert_string_equal(fab_context_message(fixture->context), "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_replaces_an_old_one_when_it_is_committed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_committed_leaves_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_new_folder_appears_whole, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(files_move_into_a_folder_and_the_others_stay, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_killed_processes_left_is_removed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_a_process_left_that_nobody_asks_for_is_removed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(folders_that_killed_processes_left_are_removed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_link_is_no_place_for_a_file, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_the_system_says_becomes_the_message, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
