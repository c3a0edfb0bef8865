<%@ page contentType="application/json; charset=UTF-8" import="java.sql.*" session="false" %><%
  // Asks the database, so that a green answer means that customers can be served.
  String version = application.getServerInfo().replace("Apache Tomcat/", "");
  Class.forName("org.sqlite.JDBC");
  int visits;
  try (Connection db = DriverManager.getConnection(
          "jdbc:sqlite:" + System.getProperty("catalina.base") + "/data/shop.db?busy_timeout=5000&journal_mode=WAL");
      Statement s = db.createStatement()) {
    s.execute("create table if not exists visits(id integer primary key, at text not null, who text not null)");
    try (ResultSet r = s.executeQuery("select count(*) from visits")) {
      r.next();
      visits = r.getInt(1);
    }
  }
%>{"status":"ok","version":"<%= version %>","visits":<%= visits %>}
