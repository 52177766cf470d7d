/* Runs a fuzz target without a fuzzer: replay FOLDER MUTATIONS runs every file of the folder and so many mutations of each (bits flipped,
 * bytes set, parts cut out, doubled, moved; the same ones every time). Each input lies in crash.TARGET of the current folder while it runs:
 * the one that ends the program (sanitizer, failed check, alarm after RUN_SECONDS) stays there. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUN_SECONDS = 20, GROWTH = 64 /* bytes that a mutation may add */, CHANGES = 4 /* of a mutation at most */ };

/* crash is a file open for writing: opening it for each input would take longer than the input. */
static void run(int crash, const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1); /* so that a read behind its end is seen */
    FUZZ_CHECK(exact, "out of memory");
    memcpy(exact, bytes, size);
    FUZZ_CHECK(pwrite(crash, bytes, size, 0) == (ssize_t)size && ftruncate(crash, (off_t)size) == 0, "crash file: cannot be written");
    alarm(RUN_SECONDS);
    LLVMFuzzerTestOneInput(exact, size);
    alarm(0);
    free(exact);
}

/* ---- mutations ---- */

/* splitmix64 */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static size_t draw_below(uint64_t *state, size_t limit)
{
    return limit ? (size_t)(draw(state) % limit) : 0;
}

/* Changes at one place; the buffer has room for GROWTH bytes more. Returns the new size. */
static size_t change(uint8_t *bytes, size_t size, uint64_t *state)
{
    static const uint8_t telling[] = {0, 1, 0x7F, 0x80, 0xFF, '\n', '\r', '"', ',', '-', '.', '0', '9', 'e', '{', '['};
    enum { FLIP, SET, CUT_END, CUT, DOUBLE, MOVE, KINDS };
    size_t place = draw_below(state, size), length = 1 + draw_below(state, GROWTH);
    int kind = (int)draw_below(state, KINDS);
    if (size == 0)
        return 0;
    if (place + length > size)
        length = size - place;
    switch (kind) {
    case FLIP: bytes[place] ^= (uint8_t)(1u << draw_below(state, 8)); break;
    case SET: bytes[place] = telling[draw_below(state, sizeof telling)]; break;
    case CUT_END: return place;
    case CUT: memmove(bytes + place, bytes + place + length, size - place - length); return size - length;
    case DOUBLE: memmove(bytes + place + length, bytes + place, size - place); return size + length;
    default: memmove(bytes + draw_below(state, size - length + 1), bytes + place, length); break;
    }
    return size;
}

static void run_mutation(int crash, const char *bytes, size_t size, uint64_t seed)
{
    uint64_t state = seed;
    uint8_t *changed = malloc(size + CHANGES * GROWTH);
    FUZZ_CHECK(changed, "out of memory");
    memcpy(changed, bytes, size);
    for (size_t i = 0, changes = 1 + draw_below(&state, CHANGES); i < changes; i++)
        size = change(changed, size, &state);
    run(crash, changed, size);
    free(changed);
}

/* ---- files ---- */

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void run_file(int crash, const char *path, int number, int mutations)
{
    size_t size = 0;
    char *bytes = fuzz_read(path, &size);
    FUZZ_CHECK(bytes, "%s: cannot be read", path);
    run(crash, (const uint8_t *)bytes, size);
    for (int m = 1; m <= mutations; m++)
        run_mutation(crash, bytes, size, (uint64_t)number << 32 | (uint64_t)m);
    free(bytes);
}

int main(int argc, char **argv)
{
    char path[FUZZ_PATH_SIZE], crash[FUZZ_PATH_SIZE];
    struct dirent **entries = NULL;
    int count = argc == 3 ? scandir(argv[1], &entries, is_shown, alphasort) : -1;
    if (count < 1) {
        fprintf(stderr, "usage: %s FOLDER MUTATIONS\n", argv[0]);
        return EXIT_FAILURE;
    }
    const char *slash = strrchr(argv[0], '/');
    snprintf(crash, sizeof crash, "crash.%s", slash ? slash + 1 : argv[0]);
    int file = open(crash, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    FUZZ_CHECK(file >= 0, "%s: cannot be made", crash);
    int mutations = atoi(argv[2]);
    for (int f = 0; f < count; f++) {
        snprintf(path, sizeof path, "%s/%s", argv[1], entries[f]->d_name);
        run_file(file, path, f, mutations);
        free(entries[f]);
    }
    free(entries);
    close(file);
    unlink(crash);
    printf("%d files, %d mutations of each\n", count, mutations);
    return EXIT_SUCCESS;
}
