-- How is setup.sql taken back? After the last stack is destroyed: what a dropped role owns goes to whoever drops it.
--
-- Run it as an administrator. It can be run again.

-- First look whether the role still owns something: destroy those stacks, or give it to another role.
USE ROLE ACCOUNTADMIN;
SHOW GRANTS TO ROLE PIPELINE_DEPLOYER;

DROP USER IF EXISTS PIPELINE_DEPLOYER;
DROP WAREHOUSE IF EXISTS PIPELINE_DEPLOYER_WH;
DROP ROLE IF EXISTS PIPELINE_DEPLOYER;
