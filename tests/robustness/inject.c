/* Preloaded into a program, makes one of its allocations or system calls fail, or kills it just before one.
 *
 * Everything is asked for by the environment:
 *   INJECT_KIND    alloc: malloc, calloc, realloc, reallocarray, posix_memalign, aligned_alloc, memalign give no memory (and so do strdup,
 *                         fopen, open_memstream and the like, which call them)
 *                  write: write, pwrite, writev, pwritev on regular files give ENOSPC
 *                  sync:  fsync, fdatasync give EIO
 *                  read:  read, pread, readv, preadv on regular files and the list of a folder's files give EIO
 *                  open:  opening a file or a folder (open, fopen, opendir) gives EIO
 *                  kill:  SIGKILL before a write to a regular file, ftruncate, fsync, fdatasync, rename, link, unlink
 *   INJECT_AT      the event that fails, from 1 on; 0: none, events are only counted
 *   INJECT_MODE    once; from: that event and all after it; short (write): half of that one is written and all after it fail
 *   INJECT_FOLDER  system calls count only on files whose path begins with this text (kill: that have a descriptor; open: or is relative); none: all
 *   INJECT_TRACE   a file that gets a line for each event, the same for events with the same last INJECT_DEPTH calls before them
 *   INJECT_REPORT  a file to which lines are added: "fault" and the calls that led to it, "crash" and those that led to SIGSEGV, SIGABRT and
 *                  the like, "events N" at the end of the process. A call is "FILE+OFFSET SYMBOL", innermost first.
 *
 * The C library's own calls (stdio writes by an internal write that no preloaded function replaces) are caught too: a seccomp filter turns
 * the system calls of the kind into SIGSYS, whose handler counts, and makes the call itself with a mark in the sixth argument, which none of
 * them has. Events are counted from before main to after exit handlers. One thread.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <link.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARGUMENT(context, i) ((context)->uc_mcontext.gregs[(const int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8}[i]])
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#elif defined(__aarch64__)
#define ARGUMENT(context, i) ((context)->uc_mcontext.regs[i])
#define RESULT(context) ((context)->uc_mcontext.regs[0])
#else
#error "the registers of a system call are not known for this processor"
#endif

/* The sixth argument of calls that are let through. */
#define MARK 0x6661627Cu

enum { FRAMES = 64, OWN_FRAMES = 8 /* of the shim and the kernel's, before a call */, MODULES = 64, CANNOT_INJECT = 99 /* exit code */ };

enum mode { MODE_ONCE, MODE_FROM, MODE_SHORT };

static struct {
    bool armed, alloc, kill;
    enum mode mode;
    long at, events;
    int error;
    const char *folder;
    const char *report;
    FILE *trace;
    int depth;
    struct {
        uintptr_t begin, size;
    } module[MODULES]; /* what is loaded, in the order of loading */
    int modules;
} state;

static bool inside; /* the shim itself allocates or writes */

/* glibc's own names of what is replaced here. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/* ---- the report ---- */

static void add_to_report(const char *text)
{
    int saved = errno;
    int file = state.report ? open(state.report, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (file >= 0) {
        syscall(SYS_write, file, text, strlen(text), 0, 0, (unsigned long)MARK);
        close(file);
    }
    errno = saved;
}

/* Static functions have no symbol in a shared library: the offset tells them apart. */
static void add_frames(const char *what)
{
    void *frames[FRAMES];
    bool before = inside;
    inside = true;
    int count = backtrace(frames, FRAMES);
    add_to_report(what);
    for (int i = 1; i < count; i++) {
        char line[512];
        Dl_info info = {0};
        if (!dladdr(frames[i], &info) || !info.dli_fname)
            continue;
        snprintf(line, sizeof line, "  %s+%#tx %s\n", info.dli_fname, (char *)frames[i] - (char *)info.dli_fbase - 1,
                 info.dli_sname ? info.dli_sname : "");
        add_to_report(line);
    }
    inside = before;
}

static void on_crash(int number)
{
    char line[64];
    snprintf(line, sizeof line, "crash %d\n", number);
    add_frames(line);
    signal(number, SIG_DFL);
    raise(number);
}

/* ---- events ---- */

/* The loaded file that code is in, -1: unknown. */
static int module_of(const void *address)
{
    for (int m = 0; m < state.modules; m++)
        if ((uintptr_t)address - state.module[m].begin < state.module[m].size)
            return m;
    return -1;
}

/* Adds a line to the trace that is the same for events with the same calls before them, in every run: of the files and the offsets there. */
static void trace_event(void)
{
    void *frames[FRAMES];
    uint64_t hash = 14695981039346656037u; /* FNV-1a, of numbers */
    inside = true;
    int count = backtrace(frames, state.depth + OWN_FRAMES < FRAMES ? state.depth + OWN_FRAMES : FRAMES), first = 0;
    for (int shim = module_of(&state); first < count && module_of(frames[first]) == shim;)
        first++;
    for (int i = first; i < count && i < first + state.depth; i++) {
        int m = module_of(frames[i]);
        hash = (hash ^ ((uint64_t)m << 48) ^ ((uintptr_t)frames[i] - (m < 0 ? 0 : state.module[m].begin))) * 1099511628211u;
    }
    fprintf(state.trace, "%016llx\n", (unsigned long long)hash);
    inside = false;
}

/* Counts an event; true when it is to fail. */
static bool fails(void)
{
    state.events++;
    if (state.trace)
        trace_event();
    if (state.at == 0 || state.events < state.at || (state.mode == MODE_ONCE && state.events > state.at))
        return false;
    if (state.events == state.at)
        add_frames("fault\n");
    return true;
}

static bool alloc_fails(void)
{
    if (!state.armed || !state.alloc || inside || !fails())
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return alloc_fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return alloc_fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return size && alloc_fails() ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, bytes);
}

void *memalign(size_t alignment, size_t size)
{
    return alloc_fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *made = memalign(alignment, size);
    if (!made)
        return ENOMEM;
    *memory = made;
    return 0;
}

/* ---- system calls ---- */

/* What a call works on. */
enum object { ON_FILE /* the descriptor of a regular file */, ON_DESCRIPTOR, ON_NAMES, ON_PATH /* the second argument */, ON_OLD_PATH /* the first */ };

static const struct call {
    long number;
    enum object object;
    const char *kinds;
} calls[] = {
    {SYS_write, ON_FILE, "write kill"},
    {SYS_pwrite64, ON_FILE, "write kill"},
    {SYS_writev, ON_FILE, "write kill"},
    {SYS_pwritev, ON_FILE, "write kill"},
    {SYS_ftruncate, ON_FILE, "kill"},
    {SYS_fsync, ON_DESCRIPTOR, "sync kill"},
    {SYS_fdatasync, ON_DESCRIPTOR, "sync kill"},
    {SYS_read, ON_FILE, "read"},
    {SYS_pread64, ON_FILE, "read"},
    {SYS_readv, ON_FILE, "read"},
    {SYS_preadv, ON_FILE, "read"},
    {SYS_getdents64, ON_DESCRIPTOR, "read"},
    {SYS_openat, ON_PATH, "open"},
    {SYS_renameat, ON_NAMES, "kill"},
    {SYS_renameat2, ON_NAMES, "kill"},
    {SYS_linkat, ON_NAMES, "kill"},
    {SYS_unlinkat, ON_NAMES, "kill"},
#ifdef SYS_rename /* processors without these old calls have only those above */
    {SYS_open, ON_OLD_PATH, "open"},
    {SYS_rename, ON_NAMES, "kill"},
    {SYS_link, ON_NAMES, "kill"},
    {SYS_unlink, ON_NAMES, "kill"},
#endif
};
enum { CALLS = sizeof calls / sizeof *calls };

static const struct call *find_call(long number)
{
    for (int c = 0; c < CALLS; c++)
        if (calls[c].number == number)
            return &calls[c];
    return NULL;
}

static bool is_below(const char *path)
{
    return !state.folder || strncmp(path, state.folder, strlen(state.folder)) == 0;
}

static bool counts(const struct call *call, const long *arguments)
{
    struct stat info;
    char name[64], path[4096];
    int descriptor = (int)arguments[0];
    if (call->object == ON_NAMES)
        return true;
    if (call->object == ON_PATH || call->object == ON_OLD_PATH) {
        const char *opened = (const char *)arguments[call->object == ON_PATH];
        return *opened != '/' || is_below(opened);
    }
    if (call->object == ON_FILE && (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)))
        return false;
    if (!state.folder)
        return true;
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(name, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    return is_below(path);
}

static void on_call(int number, siginfo_t *info, void *user)
{
    (void)number;
    ucontext_t *context = user;
    int saved = errno;
    const struct call *call = find_call(info->si_syscall);
    long a[5];
    for (int i = 0; i < 5; i++)
        a[i] = (long)ARGUMENT(context, i);
    bool failing = call && !inside && counts(call, a) && fails();
    if (failing && state.kill)
        raise(SIGKILL);
    bool half = failing && state.mode == MODE_SHORT && state.events == state.at && a[2] > 1 &&
                (call->number == SYS_write || call->number == SYS_pwrite64);
    long result = -state.error;
    if (!failing || half) {
        result = syscall(info->si_syscall, a[0], a[1], half ? a[2] / 2 : a[2], a[3], a[4], (unsigned long)MARK);
        result = result < 0 ? -errno : result;
    }
    RESULT(context) = result;
    errno = saved;
}

/* The filter: a call of the kind without the mark is SIGSYS. */
static bool filter_calls(const char *kind)
{
    const unsigned low = offsetof(struct seccomp_data, args[5]); /* little-endian, as both processors are */
    struct sock_filter program[CALLS + 5];
    int chosen[CALLS], count = 0, length = 0;
    for (int c = 0; c < CALLS; c++)
        if (strstr(calls[c].kinds, kind))
            chosen[count++] = c;
    program[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, low);
    program[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MARK, (unsigned char)(count + 1), 0);
    program[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int c = 0; c < count; c++)
        program[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[chosen[c]].number, (unsigned char)(count - c), 0);
    program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog filter = {.len = (unsigned short)length, .filter = program};
    struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
    return sigaction(SIGSYS, &action, NULL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/* ---- begin and end ---- */

static void catch_crashes(void)
{
    static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    struct sigaction action = {.sa_handler = on_crash};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}

static int add_module(struct dl_phdr_info *info, size_t size, void *user)
{
    (void)size, (void)user;
    uintptr_t end = 0;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz > end)
            end = info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
    if (state.modules == MODULES)
        return 1;
    state.module[state.modules].begin = info->dlpi_addr;
    state.module[state.modules++].size = end;
    return 0;
}

static void begin_trace(void)
{
    const char *trace = getenv("INJECT_TRACE"), *depth = getenv("INJECT_DEPTH");
    if (!trace)
        return;
    dl_iterate_phdr(add_module, NULL);
    state.depth = depth ? (int)strtol(depth, NULL, 10) : FRAMES;
    inside = true;
    state.trace = fopen(trace, "we");
    inside = false;
}

__attribute__((constructor)) static void begin(void)
{
    const char *kind = getenv("INJECT_KIND"), *at = getenv("INJECT_AT"), *mode = getenv("INJECT_MODE");
    void *frame;
    if (!kind)
        return;
    state.report = getenv("INJECT_REPORT");
    state.folder = getenv("INJECT_FOLDER");
    state.at = at ? strtol(at, NULL, 10) : 0;
    state.mode = !mode || strcmp(mode, "once") == 0 ? MODE_ONCE : strcmp(mode, "short") == 0 ? MODE_SHORT : MODE_FROM;
    state.alloc = strcmp(kind, "alloc") == 0;
    state.kill = strcmp(kind, "kill") == 0;
    state.error = strcmp(kind, "write") == 0 ? ENOSPC : EIO;
    backtrace(&frame, 1); /* loads what it needs now */
    catch_crashes();
    if (!state.alloc && !filter_calls(kind)) {
        perror("inject: seccomp");
        _exit(CANNOT_INJECT);
    }
    begin_trace();
    state.armed = true;
}

__attribute__((destructor)) static void end(void)
{
    char line[64];
    if (!state.armed)
        return;
    state.armed = false;
    inside = true;
    if (state.trace)
        fclose(state.trace);
    snprintf(line, sizeof line, "events %ld\n", state.events);
    add_to_report(line);
}
