// SPDX-License-Identifier: GPL-2.0-or-later
// A widget that paints its text itself is silent to screen readers. This one tells them the lines
// as they are shown, of great payloads the beginning.
#include "qt/payload_cells.hpp"
#include "qt/payload_view.hpp"

#include <QAccessible>
#include <QAccessibleWidget>

class PayloadAccessible : public QAccessibleWidget, public QAccessibleTextInterface
{
  public:
    explicit PayloadAccessible(PayloadView *of)
        : QAccessibleWidget(of, QAccessible::EditableText), view(of)
    {
    }

    void *
    interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QAccessible::State
    state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        return state;
    }

    QString
    text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? view->spokenText() : QAccessibleWidget::text(kind);
    }

    QString
    text(int from, int to) const override
    {
        return view->spokenText().mid(from, to - from);
    }

    int
    characterCount() const override
    {
        return int(view->spokenText().size());
    }

    // Bytes are selected, which are no characters here: copying is by the clipboard.
    void
    selection(int, int *from, int *to) const override
    {
        *from = *to = 0;
    }
    int
    selectionCount() const override
    {
        return 0;
    }
    void
    addSelection(int, int) override
    {
    }
    void
    removeSelection(int) override
    {
    }
    void
    setSelection(int, int, int) override
    {
    }
    int
    cursorPosition() const override
    {
        return 0;
    }
    void
    setCursorPosition(int) override
    {
    }
    QRect
    characterRect(int) const override
    {
        return QRect();
    }
    int
    offsetAtPoint(const QPoint &) const override
    {
        return -1;
    }
    void
    scrollToSubstring(int, int) override
    {
    }
    QString
    attributes(int, int *from, int *to) const override
    {
        *from = 0;
        *to = characterCount();
        return QString();
    }

  private:
    PayloadView *view;
};

static QAccessibleInterface *
makeAccessible(const QString &, QObject *object)
{
    auto *view = qobject_cast<PayloadView *>(object);

    return view != nullptr ? new PayloadAccessible(view) : nullptr;
}

void
installPayloadAccessible()
{
    QAccessible::installFactory(makeAccessible); // twice is as good as once
}

void
tellAccessible(PayloadView *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleTextUpdateEvent changed(view, 0, QString(), view->spokenText());
    QAccessible::updateAccessibility(&changed);
}
