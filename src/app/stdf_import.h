/* STDF files on their way into the store: read, written as the CSV tables they stand for, imported like any others.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_IMPORT_H
#define FAB_STDF_IMPORT_H

#include "arena.h"
#include "fab.h"

/* True for *.stdf, *.std and those with .gz behind, in letters of either case. */
bool fab_is_stdf(const char *path);

/* Imports the files of a request, some of them STDF. The tables of all STDF files lie in a temporary folder until the import has ended; it
 * is tried first, so that findings name the STDF file and the wafer: twice the cost of an import. */
fab_status fab_stdf_import(fab_context *context, fab *handle, const fab_import_request *request, fab_table **summary);

#endif
