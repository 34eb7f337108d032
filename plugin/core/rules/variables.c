/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Variables by name, each with the place where its value stands, so that a mistake is told there
 * and not in the thousands of rules that use it. What the values mean is parse_lists.c's. Of YAML
 * no more is read than a suricata.yaml's "vars" section has: two groups of NAME: VALUE lines.
 */
#include "variables.h"

#include <string.h>

/* Bounds of a variables file. */
enum { MAX_FILE = 4 * 1024 * 1024, MAX_VARIABLES = 4096 };

struct mf_variables {
    GHashTable *by_name; /* struct mf_variable, owned */
    GStringChunk *files;
};

static const struct {
    const char *name, *value;
    enum mf_list_kind kind;
} defaults[] = {
    {"HOME_NET", "[10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7]", MF_LIST_ADDRESSES},
    {"EXTERNAL_NET", "!$HOME_NET", MF_LIST_ADDRESSES},
    {"HTTP_SERVERS", "$HOME_NET", MF_LIST_ADDRESSES},
    {"SMTP_SERVERS", "$HOME_NET", MF_LIST_ADDRESSES},
    {"SQL_SERVERS", "$HOME_NET", MF_LIST_ADDRESSES},
    {"DNS_SERVERS", "$HOME_NET", MF_LIST_ADDRESSES},
    {"TELNET_SERVERS", "$HOME_NET", MF_LIST_ADDRESSES},
    {"AIM_SERVERS", "$EXTERNAL_NET", MF_LIST_ADDRESSES},
    {"DC_SERVERS", "$HOME_NET", MF_LIST_ADDRESSES},
    {"DNP3_SERVER", "$HOME_NET", MF_LIST_ADDRESSES},
    {"DNP3_CLIENT", "$HOME_NET", MF_LIST_ADDRESSES},
    {"MODBUS_CLIENT", "$HOME_NET", MF_LIST_ADDRESSES},
    {"MODBUS_SERVER", "$HOME_NET", MF_LIST_ADDRESSES},
    {"ENIP_CLIENT", "$HOME_NET", MF_LIST_ADDRESSES},
    {"ENIP_SERVER", "$HOME_NET", MF_LIST_ADDRESSES},
    {"HTTP_PORTS", "80", MF_LIST_PORTS},
    {"SHELLCODE_PORTS", "!80", MF_LIST_PORTS},
    {"ORACLE_PORTS", "1521", MF_LIST_PORTS},
    {"SSH_PORTS", "22", MF_LIST_PORTS},
    {"DNP3_PORTS", "20000", MF_LIST_PORTS},
    {"MODBUS_PORTS", "502", MF_LIST_PORTS},
    {"FILE_DATA_PORTS", "[$HTTP_PORTS,110,143]", MF_LIST_PORTS},
    {"FTP_PORTS", "21", MF_LIST_PORTS},
    {"GENEVE_PORTS", "6081", MF_LIST_PORTS},
    {"VXLAN_PORTS", "4789", MF_LIST_PORTS},
    {"TEREDO_PORTS", "3544", MF_LIST_PORTS},
};

static void
variable_free(gpointer data)
{
    struct mf_variable *variable = data;

    mf_line_clear(&variable->line);
    g_free(variable->set);
    g_free(variable->name);
    g_free(variable);
}

/* An empty value of NAME (LENGTH bytes), in place of one that is there. */
static struct mf_variable *
put(struct mf_variables *variables, const char *name, size_t length)
{
    struct mf_variable *variable = g_new0(struct mf_variable, 1);

    variable->name = g_strndup(name, length);
    g_hash_table_replace(variables->by_name, variable->name, variable);
    return variable;
}

static void
set_text(struct mf_variable *variable, const char *text, const char *file)
{
    mf_line_init(&variable->line, file);
    g_string_assign(variable->line.text, text);
    variable->length = variable->line.text->len;
}

struct mf_variables *
mf_variables_new(void)
{
    struct mf_variables *variables = g_new0(struct mf_variables, 1);

    variables->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, variable_free);
    variables->files = g_string_chunk_new(256);
    for (unsigned i = 0; i < G_N_ELEMENTS(defaults); i++) {
        struct mf_variable *variable = put(variables, defaults[i].name, strlen(defaults[i].name));

        variable->kind = defaults[i].kind;
        variable->by_default = true;
        set_text(variable, defaults[i].value, defaults[i].name);
    }
    return variables;
}

void
mf_variables_free(struct mf_variables *variables)
{
    if (variables == NULL)
        return;
    g_hash_table_destroy(variables->by_name);
    g_string_chunk_free(variables->files);
    g_free(variables);
}

void
mf_variables_set(struct mf_variables *variables, const char *name, const char *value,
                 const char *origin)
{
    set_text(put(variables, name, strlen(name)), value,
             g_string_chunk_insert_const(variables->files, origin));
}

struct mf_variable *
mf_variables_find(const struct mf_variables *variables, const char *name, size_t length)
{
    char key[64];

    if (length >= sizeof key)
        return NULL;
    memcpy(key, name, length);
    key[length] = '\0';
    return g_hash_table_lookup(variables->by_name, key);
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const struct mf_variable *const *)a)->name,
                  (*(const struct mf_variable *const *)b)->name);
}

GPtrArray *
mf_variables_all(const struct mf_variables *variables)
{
    GPtrArray *all = g_ptr_array_new();
    GHashTableIter iter;
    gpointer variable;

    g_hash_table_iter_init(&iter, variables->by_name);
    while (g_hash_table_iter_next(&iter, NULL, &variable))
        g_ptr_array_add(all, variable);
    g_ptr_array_sort(all, compare_names);
    return all;
}

/* --- files --- */

/* A file while it is read. */
struct reading {
    struct mf_variables *variables;
    struct mf_diags *diags;
    const char *file;
    bool is_yaml;
    bool in_vars;            /* YAML: below "vars:" */
    bool in_group;           /* YAML: below one of the two groups */
    enum mf_list_kind group; /* with in_group */
};

static void
complain(const struct reading *reading, const struct mf_line *line, gsize offset,
         const char *message)
{
    unsigned number, column;

    mf_line_locate(line, offset, &number, &column);
    mf_diags_add(reading->diags, line->file, number, column, "%s", message);
}

static bool
is_name(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '-';
}

/* Where the value ends: before a comment, blanks, or the quote that it began behind. */
static gsize
value_end(const char *text, gsize from, char quote)
{
    gsize end = from;

    while (text[end] != '\0' && text[end] != quote &&
           !(quote == '\0' && text[end] == '#' && g_ascii_isspace(text[end - 1])))
        end++;
    while (quote == '\0' && end > from && g_ascii_isspace(text[end - 1]))
        end--;
    return end;
}

/* What stands in LINE: NAME = VALUE, NAME: VALUE. */
struct assignment {
    gsize name, name_length, value, value_length;
};

static bool
split(const struct mf_line *line, struct assignment *out)
{
    const char *text = line->text->str;
    char quote = '\0';

    out->name = strspn(text, " \t$");
    for (out->name_length = 0; is_name(text[out->name + out->name_length]);)
        out->name_length++;
    out->value = out->name + out->name_length;
    out->value += strspn(text + out->value, " \t");
    if (out->name_length == 0 || (text[out->value] != ':' && text[out->value] != '='))
        return false;
    out->value++;
    out->value += strspn(text + out->value, " \t");
    if (text[out->value] == '"' || text[out->value] == '\'')
        quote = text[out->value++];
    out->value_length = value_end(text, out->value, quote) - out->value;
    return true;
}

/* Without groups, numbers and ranges of numbers are ports, and what names ports. */
static enum mf_list_kind
kind_of(const struct mf_variable *variable)
{
    const char *value = variable->line.text->str + variable->value;
    bool numbers = variable->length > 0 &&
                   strspn(value, "0123456789:,![] \t") >= variable->length &&
                   g_strstr_len(value, (gssize)variable->length, "::") == NULL;

    return numbers || strstr(variable->name, "PORT") != NULL ||
                   g_strstr_len(value, (gssize)variable->length, "PORT") != NULL
               ? MF_LIST_PORTS
               : MF_LIST_ADDRESSES;
}

static void
take(const struct reading *reading, const struct mf_line *line, const struct assignment *parts)
{
    struct mf_variables *variables = reading->variables;
    struct mf_variable *variable;

    if (g_hash_table_size(variables->by_name) >= MAX_VARIABLES) {
        complain(reading, line, parts->name, "too many variables");
        return;
    }
    variable = put(variables, line->text->str + parts->name, parts->name_length);
    set_text(variable, line->text->str, reading->file);
    variable->line.number = line->number;
    g_array_append_vals(variable->line.joints, line->joints->data, line->joints->len);
    variable->value = parts->value;
    variable->length = parts->value_length;
    variable->kind = reading->in_group ? reading->group : kind_of(variable);
}

static bool
begins(const struct mf_line *line, const struct assignment *parts, const char *name)
{
    return strlen(name) == parts->name_length &&
           memcmp(line->text->str + parts->name, name, parts->name_length) == 0;
}

/* A line of a suricata.yaml: its indentation and a few names tell where we are. */
static void
take_yaml(struct reading *reading, const struct mf_line *line)
{
    struct assignment parts;
    bool is_pair = split(line, &parts);

    if (!g_ascii_isspace(line->text->str[0])) {
        reading->in_vars = is_pair && begins(line, &parts, "vars");
        reading->in_group = false;
        return;
    }
    if (!reading->in_vars)
        return;
    if (!is_pair) {
        complain(reading, line, strspn(line->text->str, " \t"), "expected NAME: VALUE");
    } else if (parts.value_length == 0) {
        reading->in_group =
            begins(line, &parts, "address-groups") || begins(line, &parts, "port-groups");
        reading->group = begins(line, &parts, "port-groups") ? MF_LIST_PORTS : MF_LIST_ADDRESSES;
    } else if (reading->in_group) {
        take(reading, line, &parts);
    }
}

static void
take_line(struct reading *reading, const struct mf_line *line)
{
    struct assignment parts;

    if (reading->is_yaml)
        take_yaml(reading, line);
    else if (!split(line, &parts))
        complain(reading, line, strspn(line->text->str, " \t"), "expected NAME = VALUE");
    else
        take(reading, line, &parts);
}

static bool
has_vars_section(const char *text)
{
    return strncmp(text, "vars:", 5) == 0 || strstr(text, "\nvars:") != NULL;
}

static void
take_text(struct reading *reading, const char *text)
{
    struct mf_line line;

    reading->is_yaml = has_vars_section(text);
    mf_line_init(&line, reading->file);
    while (mf_line_next(&line, &text))
        take_line(reading, &line);
    mf_line_clear(&line);
}

void
mf_variables_read(struct mf_variables *variables, const char *path, struct mf_diags *diags)
{
    struct reading reading = {.variables = variables, .diags = diags};
    GError *error = NULL;
    char *text;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, &error)) {
        mf_diags_add(diags, path, 0, 0, "%s", error->message);
        g_error_free(error);
        return;
    }
    reading.file = g_string_chunk_insert_const(variables->files, path);
    if (strlen(text) != length || length > MAX_FILE)
        mf_diags_add(diags, path, 0, 0, "is not a file of variables");
    else
        take_text(&reading, text);
    g_free(text);
}
