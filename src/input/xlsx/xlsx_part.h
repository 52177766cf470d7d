/* A part of a workbook, read from its start to its end with bounds on everything that it may hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_PART_H
#define FAB_XLSX_PART_H

#include <expat.h>
#include <fabplan/context.h>
#include <minizip/unzip.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    FAB_XLSX_DEPTH_MAX = 64,      /* elements inside each other */
    FAB_XLSX_TOKEN_MAX = 1 << 20, /* bytes of one tag */
    FAB_XLSX_PROBLEM_SIZE = 512
};

struct fab_xlsx_part;

/* Names come without their prefix; those of attributes as they are written. Any of them may be NULL. */
struct fab_xlsx_handlers {
    void (*start)(struct fab_xlsx_part *part, const char *name, const char **attributes);
    void (*end)(struct fab_xlsx_part *part, const char *name);
    void (*text)(struct fab_xlsx_part *part, const char *text, int length);
};

struct fab_xlsx_part {
    fab_context *context;
    unzFile zip;
    const char *name;
    const struct fab_xlsx_handlers *handlers;
    void *user;
    XML_Parser parser; /* NULL: not open */
    const char *element; /* the name at hand as it is written, with its prefix */
    int depth;
    int64_t fed; /* bytes */
    bool paused, ended, memory_short;
    char problem[FAB_XLSX_PROBLEM_SIZE];
};

/* The value of an attribute, whatever its prefix; NULL when there is none. */
const char *fab_xlsx_attribute(const char **attributes, const char *name);

/* True when the package has a part of this name, letters of either case. */
bool fab_xlsx_part_exists(unzFile zip, const char *name);

/* Opens a part; name and handlers must live as long. FAB_INPUT: the part is missing or cannot be unpacked. */
fab_status fab_xlsx_part_open(struct fab_xlsx_part *part, fab_context *context, unzFile zip, const char *name);
void fab_xlsx_part_close(struct fab_xlsx_part *part);

/* Reads on until a handler pauses or the part ends (part->ended). FAB_INPUT: the part is damaged, no XML, has a document type, or a handler
 * has failed; FAB_INTERRUPTED. */
fab_status fab_xlsx_part_run(struct fab_xlsx_part *part);

/* For handlers: stop behind the tag at hand; stop for good. */
void fab_xlsx_part_pause(struct fab_xlsx_part *part);
void fab_xlsx_part_fail(struct fab_xlsx_part *part, const char *format, ...) __attribute__((format(printf, 2, 3)));
void fab_xlsx_part_fail_memory(struct fab_xlsx_part *part);

/* The whole of a part in one go. */
fab_status fab_xlsx_part_read(fab_context *context, unzFile zip, const char *name, const struct fab_xlsx_handlers *handlers, void *user);

#endif
