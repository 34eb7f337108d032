/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a fuzz target over the files of a folder: what a fuzzer found once stays tested, with any
 * compiler. */
#include <glib.h>
#include <stdint.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
replay(const char *folder, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    char *text;
    gsize size;

    if (!g_file_get_contents(path, &text, &size, NULL))
        g_error("cannot read %s", path);
    g_print("%s\n", path);
    LLVMFuzzerTestOneInput((const uint8_t *)text, size);
    g_free(text);
    g_free(path);
}

int
main(int argc, char **argv)
{
    unsigned n = 0;

    for (int i = 1; i < argc; i++) {
        GDir *dir = g_dir_open(argv[i], 0, NULL);
        const char *name;

        if (dir == NULL)
            g_error("no folder %s", argv[i]);
        for (; (name = g_dir_read_name(dir)) != NULL; n++)
            replay(argv[i], name);
        g_dir_close(dir);
    }
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    return n > 0 ? 0 : 1;
}
