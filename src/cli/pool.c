/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_JOB = -1, GONE = -1 };

/* A process, and the pipes to and from it. */
struct worker {
    pid_t process; /* 0: none */
    int to, from;
    int64_t job; /* NO_JOB: it waits for one */
};

struct crew {
    const struct cli_pool *pool;
    struct worker *worker; /* [pool->workers] */
    int next;              /* of the jobs */
    bool told;             /* the workers know that they are to stop */
};

/* ---- bytes ---- */

static bool read_whole(int from, void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(from, (char *)bytes + done, size - done);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool write_whole(int to, const void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t put = write(to, (const char *)bytes + done, size - done);
        if (put < 0 && errno != EINTR)
            return false;
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* ---- in a worker ---- */

static void work(const struct cli_pool *pool, int from, int to)
{
    int64_t job;
    while (read_whole(from, &job, sizeof job)) {
        struct cli_pool_end end;
        memset(&end, 0, sizeof end); /* no byte of it is left to chance */
        end.job = job;
        end.code = pool->work(pool->user, job, end.text);
        if (!write_whole(to, &end, sizeof end))
            break;
    }
    _exit(0);
}

/* ---- here ---- */

static void close_pipes(struct worker *worker)
{
    close(worker->to);
    close(worker->from);
}

/* A worker holds no pipe of another: it would never end. */
static void become_worker(const struct crew *crew, const int jobs[2], const int ends[2])
{
    for (int w = 0; w < crew->pool->workers; w++)
        if (crew->worker[w].process > 0)
            close_pipes(&crew->worker[w]);
    close(jobs[1]);
    close(ends[0]);
    work(crew->pool, jobs[0], ends[1]);
}

static bool begin_worker(const struct crew *crew, struct worker *worker)
{
    int jobs[2] = {-1, -1}, ends[2] = {-1, -1};
    if (pipe(jobs) != 0 || pipe(ends) != 0)
        goto failed;
    pid_t process = fork();
    if (process < 0)
        goto failed;
    if (process == 0)
        become_worker(crew, jobs, ends);
    close(jobs[0]);
    close(ends[1]);
    *worker = (struct worker){process, jobs[1], ends[0], NO_JOB};
    return true;
failed:
    for (int p = 0; p < 2; p++) {
        close(jobs[p]);
        close(ends[p]);
    }
    return false;
}

/* Closes its pipes and waits for its end; gives the signal that ended it, 0 for none. */
static int end_worker(struct worker *worker)
{
    int status = 0;
    close_pipes(worker);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        ;
    worker->process = 0;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static bool is_stopped(struct crew *crew)
{
    int number = crew->pool->caught();
    for (int w = 0; number && !crew->told && w < crew->pool->workers; w++)
        if (crew->worker[w].process > 0)
            kill(crew->worker[w].process, number);
    crew->told = number != 0;
    return number != 0;
}

/* Gives a job to every worker that has none. */
static bool give_jobs(struct crew *crew)
{
    for (int w = 0; w < crew->pool->workers && crew->next < crew->pool->count; w++) {
        struct worker *worker = &crew->worker[w];
        if (worker->process > 0 && worker->job != NO_JOB)
            continue;
        if (worker->process == 0 && !begin_worker(crew, worker))
            return false;
        worker->job = crew->pool->jobs[crew->next++];
        write_whole(worker->to, &worker->job, sizeof worker->job); /* one that is gone is found when it is listened to */
    }
    return true;
}

static void take_end(struct crew *crew, struct worker *worker)
{
    struct cli_pool_end end;
    memset(&end, 0, sizeof end);
    if (!read_whole(worker->from, &end, sizeof end)) {
        end.job = worker->job;
        end.code = GONE;
        end.signal = end_worker(worker);
    }
    worker->job = NO_JOB;
    crew->pool->ended(crew->pool->user, &end);
}

/* Waits for the end of a job; false when none is under way. */
static bool listen_once(struct crew *crew, struct pollfd *heard)
{
    int count = 0;
    for (int w = 0; w < crew->pool->workers; w++) {
        bool busy = crew->worker[w].process > 0 && crew->worker[w].job != NO_JOB;
        heard[w] = (struct pollfd){.fd = busy ? crew->worker[w].from : -1, .events = POLLIN};
        count += busy;
    }
    if (count == 0)
        return false;
    if (poll(heard, (nfds_t)crew->pool->workers, -1) < 0)
        return true; /* a signal */
    for (int w = 0; w < crew->pool->workers; w++)
        if (heard[w].revents)
            take_end(crew, &crew->worker[w]);
    return true;
}

bool cli_pool_run(const struct cli_pool *pool)
{
    struct crew crew = {.pool = pool, .worker = calloc((size_t)pool->workers, sizeof *crew.worker)};
    struct pollfd *heard = calloc((size_t)pool->workers, sizeof *heard);
    bool good = crew.worker && heard;
    do {
        if (good && !is_stopped(&crew))
            good = give_jobs(&crew);
    } while (heard && crew.worker && listen_once(&crew, heard));
    int error = errno;
    for (int w = 0; crew.worker && w < pool->workers; w++)
        if (crew.worker[w].process > 0)
            end_worker(&crew.worker[w]);
    free(crew.worker);
    free(heard);
    errno = error;
    return good;
}
