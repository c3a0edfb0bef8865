<%@ page contentType="text/html; charset=UTF-8" import="java.sql.*" session="false" %><%!
  // One connection per request; SQLite serialises the writers.
  static Connection open(String base) throws Exception {
    Class.forName("org.sqlite.JDBC");
    Connection db = DriverManager.getConnection("jdbc:sqlite:" + base + "/data/shop.db?busy_timeout=5000&journal_mode=WAL");
    try (Statement s = db.createStatement()) {
      s.execute("create table if not exists visits(id integer primary key, at text not null, who text not null)");
    }
    return db;
  }
%><%
  int visits;
  String who = request.getParameter("who");
  try (Connection db = open(System.getProperty("catalina.base"))) {
    try (PreparedStatement s = db.prepareStatement("insert into visits(at, who) values(?, ?)")) {
      s.setString(1, java.time.Instant.now().toString());
      s.setString(2, who == null ? "someone" : who);
      s.executeUpdate();
    }
    try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("select count(*) from visits")) {
      r.next();
      visits = r.getInt(1);
    }
  }
%><!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<style>body{font:1.1rem/1.5 system-ui;margin:4rem auto;max-width:32rem;padding:0 1rem}b{font-size:2rem}</style></head>
<body><h1>Shop</h1><p>Visits so far: <b><%= visits %></b></p><p>Served by <%= application.getServerInfo() %></p></body></html>
