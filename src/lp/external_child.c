/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "external_child.h"

#include "clock.h"
#include "fail.h"
#include "try.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { LOG_MODE = 0600, LOOK_NANOSECONDS = 5000000, LOOK_MOST_NANOSECONDS = 50000000 };

/* Signals as a program expects them: none blocked, none ignored. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    int error = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    error = error ? error : posix_spawnattr_setpgroup(attributes, 0);
    error = error ? error : posix_spawnattr_setsigmask(attributes, &none);
    return error ? error : posix_spawnattr_setsigdefault(attributes, &all);
}

static int set_files(posix_spawn_file_actions_t *files, const char *log)
{
    int error = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
    error = error ? error : posix_spawn_file_actions_addopen(files, 1, log, O_WRONLY | O_CREAT | O_TRUNC, LOG_MODE);
    return error ? error : posix_spawn_file_actions_adddup2(files, 1, 2);
}

static int start(const struct fab_child *child, pid_t *process)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;
    int error = posix_spawnattr_init(&attributes);
    if (error)
        return error;
    error = posix_spawn_file_actions_init(&files);
    if (!error) {
        error = set_attributes(&attributes);
        error = error ? error : set_files(&files, child->log);
        /* the arguments are not changed: the type is older than const */
        error = error ? error : posix_spawnp(process, child->argument[0], &files, &attributes, (char *const *)(void *)child->argument, environ);
        posix_spawn_file_actions_destroy(&files);
    }
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Kills the group and takes the child from the table of processes. */
static void stop(pid_t process)
{
    kill(-process, SIGKILL);
    kill(process, SIGKILL);
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* Until it has ended (true) or must be stopped. */
static bool wait_for(fab_context *context, pid_t process, double deadline, int *wait_status)
{
    long pause = LOOK_NANOSECONDS;
    for (;;) {
        pid_t got = waitpid(process, wait_status, WNOHANG);
        if (got == process)
            return true;
        if ((got < 0 && errno != EINTR) || fab_context_interrupted(context) || (deadline > 0 && fab_clock() >= deadline))
            return false;
        nanosleep(&(struct timespec){.tv_nsec = pause}, NULL);
        pause = pause * 2 < LOOK_MOST_NANOSECONDS ? pause * 2 : LOOK_MOST_NANOSECONDS;
    }
}

fab_status fab_child_run(fab_context *context, const struct fab_child *child, struct fab_child_end *end)
{
    pid_t process = 0;
    int wait_status = 0, error = start(child, &process);
    *end = (struct fab_child_end){0};
    if (error == ENOENT || error == EACCES || error == ENOEXEC)
        return fab_fail_as(context, FAB_USAGE, "no_solver", "%s: cannot be run: %s", child->argument[0], strerror(error));
    if (error) {
        errno = error;
        return fab_fail_errno(context, FAB_OUTPUT, "%s: cannot be started", child->argument[0]);
    }
    if (!wait_for(context, process, child->deadline, &wait_status)) {
        stop(process);
        if (fab_context_interrupted(context))
            return fab_fail(context, FAB_INTERRUPTED, "interrupted while %s was solving", child->argument[0]);
        end->late = true;
        return FAB_OK;
    }
    kill(-process, SIGKILL); /* what it has started and not waited for */
    end->code = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 0;
    end->signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    return FAB_OK;
}
