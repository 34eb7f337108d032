// SPDX-License-Identifier: GPL-2.0-or-later
// Text that the core appends, as Qt has it.
#ifndef MALFLOW_QT_TEXT_HPP
#define MALFLOW_QT_TEXT_HPP

#include "qt/host.h"

#include <QString>

class CoreText
{
  public:
    CoreText() : gathered(g_string_new(nullptr))
    {
    }
    ~CoreText()
    {
        g_string_free(gathered, TRUE);
    }
    CoreText(const CoreText &) = delete;
    CoreText &
    operator=(const CoreText &) = delete;

    // To be appended to.
    GString *
    get() const
    {
        return gathered;
    }
    QString
    string() const
    {
        return QString::fromUtf8(gathered->str, static_cast<int>(gathered->len));
    }

  private:
    GString *gathered;
};

// TEXT that the caller of a function of the plugin's frees; null: empty.
inline QString
takenText(char *text)
{
    const QString taken = QString::fromUtf8(text);

    g_free(text);
    return taken;
}

#endif
