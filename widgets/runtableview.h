#pragma once
// One way to look at the table of runs, kept under a name: which columns, in which order of rows, and which rows.
#include <QString>
#include <QStringList>

namespace gps::ui {

struct RunTableView {
  QString name;         // unique among the views of a project
  QStringList columns;  // by RunModel::key; empty: the usual ones
  QString filter;       // as typed
  bool hidesFailed = false, onlyStarred = false;
  QString sort;  // RunModel::key; empty: the newest run first
  bool isDescending = true;
  bool operator==(const RunTableView&) const = default;
  bool showsTheSameAs(const RunTableView& other) const {
    RunTableView renamed = other;
    renamed.name = name;
    return *this == renamed;
  }
};

}  // namespace gps::ui
