-- Who deploys the pipeline? A role and a user for `pulumi up`, made once for an account, for all its stacks.
--
-- Run it as an administrator who may use ACCOUNTADMIN, in a worksheet or with `snow sql -f`, after putting the public
-- key in (section 4). It can be run again: what is there stays, and what it says is made so. Nothing else is done by
-- hand, and nobody logs in as ACCOUNTADMIN again, but for a limit of credits (section 5). setup.undo.sql takes it back.

-- 1. The role that makes and owns all that a stack has: databases, warehouses, roles and users of the stack's own. It
--    reads nothing of others', and cannot give itself more than it has: it may grant only on what it made.
USE ROLE USERADMIN;
CREATE ROLE IF NOT EXISTS PIPELINE_DEPLOYER COMMENT = 'Makes and owns what the pipeline has';

-- Administrators keep access to what it owns, as Snowflake advises for every role.
GRANT ROLE PIPELINE_DEPLOYER TO ROLE SYSADMIN;

-- 2. What it may make. CREATE ROLE and CREATE USER are for the roles and the loading user of each stack; the network
--    policy says from where that user may come.
USE ROLE ACCOUNTADMIN;
GRANT CREATE DATABASE ON ACCOUNT TO ROLE PIPELINE_DEPLOYER;
GRANT CREATE WAREHOUSE ON ACCOUNT TO ROLE PIPELINE_DEPLOYER;
GRANT CREATE ROLE ON ACCOUNT TO ROLE PIPELINE_DEPLOYER;
GRANT CREATE USER ON ACCOUNT TO ROLE PIPELINE_DEPLOYER;
GRANT CREATE NETWORK POLICY ON ACCOUNT TO ROLE PIPELINE_DEPLOYER;

-- 3. A warehouse for the deployment itself: the provider asks the account what views there are, which takes one. It
--    runs for a minute at a time, during deployments only.
CREATE WAREHOUSE IF NOT EXISTS PIPELINE_DEPLOYER_WH
WAREHOUSE_SIZE = XSMALL
AUTO_SUSPEND = 60
AUTO_RESUME = TRUE
INITIALLY_SUSPENDED = TRUE
COMMENT = 'Deployments of the pipeline';
GRANT USAGE ON WAREHOUSE PIPELINE_DEPLOYER_WH TO ROLE PIPELINE_DEPLOYER;

-- 4. The user that deployments log in as. It has no password, and cannot have one. Make its key pair where deployments
--    run:
--
--        openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out deployer.pem
--        openssl pkey -in deployer.pem -pubout -out deployer.pub
--
--    Put deployer.pub here without its first and last line and without line breaks. The deployment gets deployer.pem:
--    SNOWFLAKE_PRIVATE_KEY="$(cat deployer.pem)", or pulumi config set --secret snowflake:privateKey < deployer.pem
USE ROLE USERADMIN;
CREATE USER IF NOT EXISTS PIPELINE_DEPLOYER
    TYPE = SERVICE
    DEFAULT_ROLE = PIPELINE_DEPLOYER
    DEFAULT_WAREHOUSE = PIPELINE_DEPLOYER_WH
    COMMENT = 'pulumi up';
ALTER USER PIPELINE_DEPLOYER SET RSA_PUBLIC_KEY = 'PUT-THE-PUBLIC-KEY-HERE';
GRANT ROLE PIPELINE_DEPLOYER TO USER PIPELINE_DEPLOYER;

-- 5. Only for stacks with snowflake.creditQuota: Snowflake lets account administrators alone make resource monitors and
--    give them warehouses. The stack uses the role for these two things and no other. Leave it out otherwise, or make
--    the monitor by hand after the first deployment: the stack leaves the warehouse's monitor as it finds it.
--
--        GRANT ROLE ACCOUNTADMIN TO USER PIPELINE_DEPLOYER;

-- 6. Only for cost_last_day.sql: it reads what the whole account has used.
--
--        GRANT DATABASE ROLE SNOWFLAKE.USAGE_VIEWER TO ROLE PIPELINE_DEPLOYER;
