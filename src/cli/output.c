/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

bool cli_output_begin(struct cli_output *output)
{
    output->stream = open_memstream(&output->text, &output->size);
    return output->stream != NULL;
}

bool cli_output_write(struct cli_output *output, int descriptor)
{
    if (fflush(output->stream) != 0 || ferror(output->stream)) {
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

int cli_json_end(struct cli *cli, json_t *object)
{
    char *text = object ? json_dumps(object, JSON_INDENT(1) | JSON_REAL_PRECISION(REAL_DIGITS)) : NULL;
    json_decref(object);
    if (!text)
        return cli_fail(cli, fab_fail_memory(cli->context));
    fprintf(cli->out, "%s\n", text);
    free(text);
    return 0;
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
