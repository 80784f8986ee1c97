// The official images, as docker-library/official-images lists them; those that were withdrawn are kept, since their
// names exist.
const names =
  'adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash ' +
  'bonita buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux clefos clickhouse clojure ' +
  'composer consul convertigo couchbase couchdb crate dart debian docker docker-dev drupal eclipse-mosquitto ' +
  'eclipse-temurin eggdrop elasticsearch elixir emqx erlang express-gateway fedora flink fluentd friendica gazebo gcc ' +
  'geonetwork ghost golang gradle groovy haproxy haskell haxe hello-seattle hello-world hitch hola-mundo httpd hylang ' +
  'ibm-semeru-runtimes ibmjava influxdb irssi java jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor ' +
  'kibana known kong krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached ' +
  'mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo ' +
  'odoo open-liberty openjdk opensuse oraclelinux orientdb percona perl php php-zendserver phpmyadmin photon piwik ' +
  'plone postfixadmin postgres pypy python r-base rabbitmq rails rakudo-star rapidoid redis redmine registry ' +
  'rethinkdb rocket.chat rockylinux ros ruby rust rust-lang sapmachine satosa scratch sentry silverpeas sl solr ' +
  'sonarqube sourcemage spark spiped storm swarm swift swipl telegraf thrift tomcat tomee traefik ubuntu ' +
  'ubuntu-debootstrap ubuntu-upstart unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper';

const official: ReadonlySet<string> = new Set(names.split(' '));

/** Whether Docker Hub has, or had, an official image of this name: `nginx` for `library/nginx`. */
export function isOfficialImage(repository: string): boolean {
  return official.has(repository.replace(/^library\//, ''));
}
