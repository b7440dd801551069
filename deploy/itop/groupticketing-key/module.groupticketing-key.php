<?php

SetupWebPage::AddModule(
	__FILE__,
	'groupticketing-key/1.1.0',
	[
		'label' => 'GroupTicketing: the school ticket\'s key',
		'category' => 'business',
		'dependencies' => [
			'itop-request-mgmt/3.2.0',
			'itop-profiles-itil/3.2.0',
		],
		'mandatory' => false,
		'installer' => 'GroupTicketingKeyInstaller',
		'visible' => true,
		'datamodel' => [],
		'webservice' => [],
		'dictionary' => [],
		'data.struct' => [],
		'data.sample' => [],
		'doc.manual_setup' => '',
		'doc.more_information' => '',
		'settings' => [],
	]
);

// iTop reads this file more than once.
if (!class_exists('GroupTicketingKeyInstaller')) {
	/**
	 * Makes the key unique in the database itself: iTop's own rule looks first and inserts then, and two saves at once pass it. A request without a key has none here (NULL), so that any number may be without.
	 */
	class GroupTicketingKeyInstaller extends ModuleInstallerAPI
	{
		const COLUMN = 'groupticketing_key';
		const INDEX = 'groupticketing_key_unique';

		public static function AfterDatabaseCreation(Config $oConfiguration, $sPreviousVersion, $sCurrentVersion)
		{
			$sTable = MetaModel::DBGetTable('UserRequest', 'external_ref');
			try {
				// A setup that ended between the two leaves the column without its index: each is looked for.
				if (!self::Has('columns', 'column_name', $sTable, self::COLUMN)) {
					CMDBSource::Query("ALTER TABLE `$sTable` ADD COLUMN `".self::COLUMN."` VARCHAR(255) GENERATED ALWAYS AS (NULLIF(`external_ref`, '')) VIRTUAL");
				}
				if (!self::Has('statistics', 'index_name', $sTable, self::INDEX)) {
					CMDBSource::Query("ALTER TABLE `$sTable` ADD UNIQUE INDEX `".self::INDEX."` (`".self::COLUMN."`)");
				}
			} catch (Exception $oException) {
				// Two requests may bear one key already. iTop's rule is then all there is; the next setup tries again.
				SetupLog::Warning('GroupTicketing: the key is not unique in the database: '.$oException->getMessage());
			}
		}

		private static function Has($sOf, $sNamed, $sTable, $sName)
		{
			return CMDBSource::QueryToScalar("SELECT COUNT(*) FROM information_schema.$sOf WHERE table_schema = DATABASE() AND table_name = '$sTable' AND $sNamed = '$sName'") > 0;
		}
	}
}
