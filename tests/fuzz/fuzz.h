/* What the fuzz targets share. A target is a file fuzz_NAME.c with LLVMFuzzerTestOneInput: libFuzzer runs it (scripts/fuzz), and in every
 * test run replay.c does, with the files of corpus/NAME and mutations of them.
 *
 * A target checks with FUZZ_CHECK what must hold for any input: a broken check ends the program, like a finding of a sanitizer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FUZZ_H
#define FAB_FUZZ_H

#include <fabplan/fabplan.h>
#include <stddef.h>
#include <stdint.h>

#include "store.h"

/* Runs one input; always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

_Noreturn void fuzz_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The condition, or the end with a message (a format and its arguments). */
#define FUZZ_CHECK(condition, ...) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, __VA_ARGS__))

/* ---- files ---- */

enum { FUZZ_PATH_SIZE = 512 };

/* A new folder of the process, in memory where there is such a file system; it goes away with the process. TMPDIR names it, so that what
 * the library writes beside its results is in there as well. */
const char *fuzz_folder(void);

/* Writes "FOLDER/NAME" into path; returns path. */
const char *fuzz_path(char path[FUZZ_PATH_SIZE], const char *name);

void fuzz_write(const char *path, const void *bytes, size_t size);

/* The whole file, ended by a NUL that *size does not count; the caller's (free). NULL when there is no such file. */
char *fuzz_read(const char *path, size_t *size);

/* Removes a folder and what is in it, or only what is in it. */
void fuzz_remove(const char *folder);
void fuzz_empty(const char *folder);

/* ---- the library ---- */

/* A context that checks what it is told: lines of UTF-8 without line ends. */
fab_context *fuzz_context(void);

/* Findings told to a context of fuzz_context since the last call. */
int fuzz_take_findings(void);

/* A failure must say something that can be shown, and be none of the program's own. */
void fuzz_check_failure(const fab_context *context, fab_status status);

/* The contents of an open database, byte for byte. */
struct fuzz_image {
    unsigned char *bytes;
    size_t size;
};

struct fuzz_image fuzz_store_image(fab_store *store);
bool fuzz_store_is(fab_store *store, const struct fuzz_image *image);
void fuzz_store_restore(fab_store *store, const struct fuzz_image *image);

/* tests/fuzz/fab: a small fab with rows in every input table. */
#define FUZZ_FAB FAB_SOURCE_FOLDER "/tests/fuzz/fab"

#endif
