#pragma once
// Everything the program can do, found by a few letters. Up/Down choose, Enter runs, Esc closes. What cannot be done now is listed
// last among its equals and says why.
#include <QAbstractListModel>

#include "widgets/overlaypanel.h"

class QLineEdit;
class QListView;

namespace gps::ui {

struct Command {
  QString id, text, category, keys;  // keys as the system writes them; may be empty
  QString reason;                    // empty: it can be run
};

class CommandModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { Keys = Qt::UserRole, Category, Reason, Id };
  using QAbstractListModel::QAbstractListModel;
  void setCommands(const QList<Command>& commands);
  void setFilter(const QString& typed);
  const Command& at(int row) const { return m_commands[m_rows[row]]; }
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  void refilter();
  QList<Command> m_commands;
  QList<int> m_rows;
  QString m_typed;
};

class CommandPalette : public OverlayPanel {
  Q_OBJECT
 public:
  explicit CommandPalette(QWidget* host);
  void show(const QList<Command>& commands);
  CommandModel* model() const { return m_model; }
  QLineEdit* field() const { return m_field; }

 Q_SIGNALS:
  void chosen(const QString& id);  // the palette is closed by then

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  class RowPainter;
  void retranslate();
  void run(int row);
  QLineEdit* m_field;
  QListView* m_list;
  CommandModel* m_model;
  Label* m_none;
};

}  // namespace gps::ui
