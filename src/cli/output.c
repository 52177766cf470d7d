/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fopencookie */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 1 << 14 };

/* What open_memstream would do, but for telling when memory is short: glibc then leaves text out without a word. */
static ssize_t append(void *cookie, const char *bytes, size_t size)
{
    struct cli_output *output = cookie;
    if (size > output->capacity - output->size) {
        size_t capacity = 2 * (output->size + size) + FIRST_CAPACITY;
        char *text = output->failed ? NULL : realloc(output->text, capacity);
        if (!text) {
            output->failed = true;
            return 0;
        }
        output->text = text;
        output->capacity = capacity;
    }
    memcpy(output->text + output->size, bytes, size);
    output->size += size;
    return (ssize_t)size;
}

bool cli_output_begin(struct cli_output *output)
{
    output->stream = fopencookie(output, "w", (cookie_io_functions_t){.write = append});
    return output->stream != NULL;
}

bool cli_output_write(struct cli_output *output, int descriptor)
{
    if (fflush(output->stream) != 0 || ferror(output->stream) || output->failed) {
        errno = ENOMEM;
        return false;
    }
    for (size_t done = 0; done < output->size;) {
        ssize_t written = write(descriptor, output->text + done, output->size - done);
        if (written < 0 && errno != EINTR)
            return false;
        done += written > 0 ? (size_t)written : 0;
    }
    return true;
}

void cli_output_end(struct cli_output *output)
{
    if (output->stream)
        fclose(output->stream);
    free(output->text);
}

/* ---- JSON ---- */

enum { REAL_DIGITS = 17 }; /* that give the same double back */

json_t *cli_json_begin(const char *schema)
{
    return json_pack("{s:s}", "schema", schema);
}

bool cli_json_add_table(json_t *object, const char *name, const fab_table *table)
{
    char *text = fab_table_json(table);
    json_t *array = text ? json_loads(text, 0, NULL) : NULL;
    free(text);
    return array && json_object_set_new(object, name, array) == 0;
}

/* A failure stays in the stream: jansson 2.14 goes on when a key could not be written. */
static int print_bytes(const char *bytes, size_t size, void *stream)
{
    return fwrite(bytes, 1, size, stream) == size ? 0 : -1;
}

int cli_json_end(struct cli *cli, json_t *object)
{
    bool printed = object && json_dump_callback(object, print_bytes, cli->out, JSON_INDENT(1) | JSON_REAL_PRECISION(REAL_DIGITS)) == 0;
    json_decref(object);
    fputc('\n', cli->out);
    return printed && !ferror(cli->out) ? 0 : cli_fail(cli, fab_fail_memory(cli->context));
}

int cli_print_result(struct cli *cli, const char *schema, const char *name, const fab_table *table)
{
    if (!cli->values.json)
        return cli_print_table(cli->out, table, cli->terminal.colour_out) ? 0 : cli_fail(cli, fab_fail_memory(cli->context));
    json_t *object = cli_json_begin(schema);
    if (object && !cli_json_add_table(object, name, table)) {
        json_decref(object);
        object = NULL;
    }
    return cli_json_end(cli, object);
}

int cli_print_versions(struct cli *cli)
{
    char *text = fab_versions();
    if (!text)
        return cli_fail(cli, fab_fail_memory(cli->context));
    fprintf(cli->out, "%s\n", text);
    free(text);
    return 0;
}
